{{- define "gateway.pod" -}}
metadata:
  labels:
    {{- include "gateway.labels" . | nindent 4 }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with .Values.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "gateway.serviceAccountName" . }}
  automountServiceAccountToken: {{ .Values.serviceAccount.automountServiceAccountToken }}
  # A Service named "gateway" would otherwise be injected as settings that the gateway does not know.
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ include "gateway.gracePeriod" . }}
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  securityContext:
    {{- toYaml .Values.podSecurityContext | nindent 4 }}
  {{- $sidecar := and .Values.rolesAnywhere.enabled (not (include "gateway.isControlPlane" .)) }}
  {{- if or .Values.initContainers $sidecar }}
  initContainers:
    {{- with .Values.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- if $sidecar }}
    {{- include "gateway.credentialHelper" . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: gateway
      image: {{ include "gateway.image" . }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      args: [run]
      env:
        {{- include "gateway.env" . | trim | nindent 8 }}
      {{- with .Values.envFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      ports:
        {{- include "gateway.ports" . | nindent 8 }}
      startupProbe:
        {{- toYaml .Values.startupProbe | nindent 8 }}
      readinessProbe:
        {{- toYaml .Values.readinessProbe | nindent 8 }}
      livenessProbe:
        {{- toYaml .Values.livenessProbe | nindent 8 }}
      lifecycle:
        {{- toYaml .Values.lifecycle | nindent 8 }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      securityContext:
        {{- toYaml .Values.containerSecurityContext | nindent 8 }}
      volumeMounts:
        {{- include "gateway.volumeMounts" . | nindent 8 }}
    {{- with .Values.extraContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  volumes:
    {{- include "gateway.volumes" . | nindent 4 }}
  topologySpreadConstraints:
    {{- if kindIs "slice" .Values.topologySpreadConstraints }}
    {{- toYaml .Values.topologySpreadConstraints | nindent 4 }}
    {{- else }}
    {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ $key }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "gateway.selectorLabels" $ | nindent 10 }}
    {{- end }}
    {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "gateway.volumeMounts" -}}
- {name: keys, mountPath: /etc/secrets/keys, readOnly: true}
{{- if include "gateway.mountsClusterCertificate" . }}
- {name: cluster-certificate, mountPath: /etc/secrets/cluster-certificate, readOnly: true}
{{- end }}
{{- if and .Values.proxy.tls.enabled .Values.proxy.tls.secretName (not (include "gateway.isControlPlane" .)) }}
- {name: proxy-certificate, mountPath: /etc/secrets/proxy-certificate, readOnly: true}
{{- end }}
{{- if include "gateway.mountsAdminToken" . }}
- {name: admin-token, mountPath: /etc/secrets/admin-token, readOnly: true}
{{- end }}
{{- range .Values.secretVolumes }}
- {name: {{ include "gateway.secretVolume" . }}, mountPath: {{ printf "/etc/secrets/%s" . }}, readOnly: true}
{{- end }}
{{- if or (eq (include "gateway.kind" .) "StatefulSet") (not (include "gateway.isControlPlane" .)) }}
- {name: data, mountPath: /var/lib/gateway}
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "gateway.volumes" -}}
- name: keys
  secret: {secretName: {{ include "gateway.keysSecret" . }}, defaultMode: 0440}
{{- if include "gateway.mountsClusterCertificate" . }}
- name: cluster-certificate
  secret: {secretName: {{ .Values.clusterCertificate.secretName }}, defaultMode: 0440}
{{- end }}
{{- if and .Values.proxy.tls.enabled .Values.proxy.tls.secretName (not (include "gateway.isControlPlane" .)) }}
- name: proxy-certificate
  secret: {secretName: {{ .Values.proxy.tls.secretName }}, defaultMode: 0440}
{{- end }}
{{- if include "gateway.mountsAdminToken" . }}
- name: admin-token
  secret: {secretName: {{ include "gateway.adminTokenSecret" . }}, defaultMode: 0440}
{{- end }}
{{- range .Values.secretVolumes }}
- name: {{ include "gateway.secretVolume" . }}
  secret: {secretName: {{ . }}, defaultMode: 0440}
{{- end }}
{{- if and (eq (include "gateway.kind" .) "Deployment") (not (include "gateway.isControlPlane" .)) }}
- name: data
  emptyDir: {sizeLimit: {{ .Values.cache.sizeLimit }}}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Serves the credentials where AWS's SDKs look for an instance's; the site's certificate is what it shows to AWS. */}}
{{- define "gateway.credentialHelper" -}}
- name: credential-helper
  image: {{ .Values.rolesAnywhere.image }}
  restartPolicy: Always
  command: [aws_signing_helper]
  args:
    - serve
    - --port
    - {{ .Values.rolesAnywhere.port | quote }}
    - --certificate
    - {{ get .Values.env "cluster_cert" | default "/etc/secrets/cluster-certificate/tls.crt" }}
    - --private-key
    - {{ get .Values.env "cluster_cert_key" | default (printf "%s/tls.key" (get .Values.env "cluster_cert" | default "/etc/secrets/cluster-certificate/tls.crt" | dir)) }}
    - --trust-anchor-arn
    - {{ required "rolesAnywhere.trustAnchorArn: it is needed" .Values.rolesAnywhere.trustAnchorArn }}
    - --profile-arn
    - {{ required "rolesAnywhere.profileArn: it is needed" .Values.rolesAnywhere.profileArn }}
    - --role-arn
    - {{ required "rolesAnywhere.roleArn: it is needed" .Values.rolesAnywhere.roleArn }}
    - --region
    - {{ required "rolesAnywhere.region: it is needed" .Values.rolesAnywhere.region }}
  resources:
    {{- toYaml .Values.rolesAnywhere.resources | nindent 4 }}
  securityContext:
    {{- toYaml .Values.containerSecurityContext | nindent 4 }}
  volumeMounts:
    {{- if not (include "gateway.mountsClusterCertificate" .) }}
    {{- range .Values.secretVolumes }}
    - {name: {{ include "gateway.secretVolume" . }}, mountPath: {{ printf "/etc/secrets/%s" . }}, readOnly: true}
    {{- end }}
    {{- else }}
    - {name: cluster-certificate, mountPath: /etc/secrets/cluster-certificate, readOnly: true}
    {{- end }}
{{- end -}}

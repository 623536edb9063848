{{/* The settings: what the chart knows, then what env says. */}}
{{- define "gateway.env" -}}
{{- $env := dict "role" (include "gateway.role" .) "database" (include "gateway.database" .) -}}
{{- $_ := set $env "status_listen" (printf "0.0.0.0:%d" (int .Values.status.http.containerPort)) -}}
{{- $certificate := get .Values.env "cluster_cert" | default "/etc/secrets/cluster-certificate/tls.crt" -}}
{{- $_ := set $env "cluster_cert" $certificate -}}
{{- if kindIs "string" $certificate -}}
{{/* Beside the certificate, where a Secret of the type kubernetes.io/tls has them. */}}
{{- $_ := set $env "cluster_cert_key" (printf "%s/tls.key" (dir $certificate)) -}}
{{- $_ := set $env "cluster_ca_cert" (printf "%s/ca.crt" (dir $certificate)) -}}
{{- end -}}
{{- if include "gateway.isControlPlane" . -}}
{{- $_ := set $env "cluster_sites" "*" -}}
{{- $_ := set $env "keyring_file" "/etc/secrets/keys/keys.json" -}}
{{- $_ := set $env "admin_listen" (printf "%s:%d" (ternary "0.0.0.0" "127.0.0.1" (eq (include "gateway.adminIsOpen" .) "true")) (int .Values.admin.http.containerPort)) -}}
{{/* A migration reads no token: it runs before the chart's own Secret is there. */}}
{{- if and (include "gateway.mountsAdminToken" .) (not .Migrates) -}}
{{- $_ := set $env "admin_token_file" "/etc/secrets/admin-token/token" -}}
{{- end -}}
{{- $_ := set $env "admin_gui_listen" (ternary (printf "0.0.0.0:%d" (int .Values.manager.http.containerPort)) "off" .Values.manager.enabled) -}}
{{- $_ := set $env "cluster_listen" (printf "0.0.0.0:%d" (int .Values.cluster.tls.containerPort)) -}}
{{- $_ := set $env "cluster_telemetry_listen" (printf "0.0.0.0:%d" (int .Values.clustertelemetry.tls.containerPort)) -}}
{{- if .Values.clusterenrollment.enabled -}}
{{- $_ := set $env "cluster_enroll_listen" (printf "0.0.0.0:%d" (int .Values.clusterenrollment.tls.containerPort)) -}}
{{- range $name := list "cluster_ca_key" "cluster_enroll_endpoint" -}}
{{- if not (hasKey $.Values.env $name) -}}
{{- fail (printf "env.%s: enrolment needs it" $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if eq (include "gateway.database" .) "sqlite" -}}
{{- $_ := set $env "sqlite_path" "/var/lib/gateway/gateway.db" -}}
{{- end -}}
{{- else -}}
{{- range $name := list "cluster_control_plane" "cluster_telemetry_endpoint" -}}
{{- if not (hasKey $.Values.env $name) -}}
{{- fail (printf "env.%s: a data plane needs it; allowed: host:port, several separated by commas" $name) -}}
{{- end -}}
{{- end -}}
{{- $_ := set $env "proxy_listen" (include "gateway.proxyListen" .) -}}
{{- if and .Values.proxy.tls.enabled .Values.proxy.tls.secretName -}}
{{- $_ := set $env "ssl_cert" "/etc/secrets/proxy-certificate/tls.crt" -}}
{{- $_ := set $env "ssl_cert_key" "/etc/secrets/proxy-certificate/tls.key" -}}
{{- end -}}
{{- $_ := set $env "cluster_cache_dir" "/var/lib/gateway/cache" -}}
{{- $_ := set $env "cluster_cache_key_file" "/etc/secrets/keys/keys.json" -}}
{{- end -}}
{{- range $name, $value := .Values.env -}}
{{- if not (has $name (list "role" "database")) -}}
{{- $_ := set $env $name $value -}}
{{- end -}}
{{- end -}}
{{- range $name := keys $env | sortAlpha }}
- name: GATEWAY_{{ upper $name }}
  {{- include "gateway.envValue" (get $env $name) | nindent 2 }}
{{- end }}
{{- range $name := keys .Values.customEnv | sortAlpha }}
- name: {{ $name }}
  {{- include "gateway.envValue" (get $.Values.customEnv $name) | nindent 2 }}
{{- end }}
{{- if and (eq (include "gateway.database" .) "sqlite") (not (hasKey .Values.customEnv "SQLITE_TMPDIR")) }}
# Large sorts: the database's volume is the only place that can be written to.
- name: SQLITE_TMPDIR
  value: /var/lib/gateway
{{- end }}
{{- if and .Values.rolesAnywhere.enabled (not (include "gateway.isControlPlane" .)) }}
- name: AWS_EC2_METADATA_SERVICE_ENDPOINT
  value: {{ printf "http://127.0.0.1:%d/" (int .Values.rolesAnywhere.port) | quote }}
- name: AWS_REGION
  value: {{ required "rolesAnywhere.region: it is needed" .Values.rolesAnywhere.region | quote }}
{{- end }}
{{- end -}}

{{- define "gateway.proxyListen" -}}
{{- $listen := list -}}
{{- if .Values.proxy.http.enabled -}}
{{- $listen = append $listen (join " " (prepend .Values.proxy.http.parameters (printf "0.0.0.0:%d" (int .Values.proxy.http.containerPort)))) -}}
{{- end -}}
{{- if .Values.proxy.tls.enabled -}}
{{- $listen = append $listen (join " " (prepend .Values.proxy.tls.parameters (printf "0.0.0.0:%d ssl" (int .Values.proxy.tls.containerPort)))) -}}
{{- end -}}
{{- if not $listen -}}
{{- fail "proxy: http.enabled and tls.enabled are both false; allowed: at least one" -}}
{{- end -}}
{{- join ", " $listen -}}
{{- end -}}

{{/* The containers' ports, by the names that the services and probes use. */}}
{{- define "gateway.ports" -}}
- {name: status, containerPort: {{ .Values.status.http.containerPort }}, protocol: TCP}
{{- if include "gateway.isControlPlane" . }}
- {name: cluster, containerPort: {{ .Values.cluster.tls.containerPort }}, protocol: TCP}
- {name: telemetry, containerPort: {{ .Values.clustertelemetry.tls.containerPort }}, protocol: TCP}
{{- if .Values.clusterenrollment.enabled }}
- {name: enrollment, containerPort: {{ .Values.clusterenrollment.tls.containerPort }}, protocol: TCP}
{{- end }}
{{- if include "gateway.adminIsOpen" . }}
- {name: admin, containerPort: {{ .Values.admin.http.containerPort }}, protocol: TCP}
{{- end }}
{{- if .Values.manager.enabled }}
- {name: manager, containerPort: {{ .Values.manager.http.containerPort }}, protocol: TCP}
{{- end }}
{{- else }}
{{- if .Values.proxy.http.enabled }}
- {name: proxy, containerPort: {{ .Values.proxy.http.containerPort }}, protocol: TCP}
{{- end }}
{{- if .Values.proxy.tls.enabled }}
- {name: proxy-tls, containerPort: {{ .Values.proxy.tls.containerPort }}, protocol: TCP}
{{- end }}
{{- end }}
{{- end -}}

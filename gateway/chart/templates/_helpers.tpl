{{- define "gateway.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The objects' names add up to 17 characters to it (-clustertelemetry), and a label holds 63. */}}
{{- define "gateway.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 46 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 46 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "gateway.role" -}}
{{- $role := toString (default "" .Values.env.role) -}}
{{- if not (has $role (list "control_plane" "data_plane")) -}}
{{- fail (printf "env.role: %q is not a role; allowed: control_plane, data_plane" $role) -}}
{{- end -}}
{{- $role -}}
{{- end -}}

{{- define "gateway.isControlPlane" -}}
{{- if eq (include "gateway.role" .) "control_plane" -}}true{{- end -}}
{{- end -}}

{{/* A control plane without a database host keeps its data in a file of its own. YAML reads a bare `off` as false. */}}
{{- define "gateway.database" -}}
{{- $given := "" -}}
{{- if hasKey .Values.env "database" -}}
{{- $given = ternary "off" (toString .Values.env.database) (eq (toString .Values.env.database) "false") -}}
{{- end -}}
{{- if include "gateway.isControlPlane" . -}}
{{- $given = default (ternary "postgres" "sqlite" (hasKey .Values.env "pg_host")) $given -}}
{{- if not (has $given (list "postgres" "sqlite")) -}}
{{- fail (printf "env.database: a control plane can't run on %q; allowed: postgres, sqlite" $given) -}}
{{- end -}}
{{- $given -}}
{{- else -}}
{{- if not (has $given (list "" "off")) -}}
{{- fail (printf "env.database: a data plane has no database, but %q was given; allowed: off" $given) -}}
{{- end -}}
off
{{- end -}}
{{- end -}}

{{- define "gateway.replicas" -}}
{{- $sqlite := eq (include "gateway.database" .) "sqlite" -}}
{{- $replicas := int (default (ternary 1 2 $sqlite) .Values.replicaCount) -}}
{{- if and $sqlite (gt $replicas 1) -}}
{{- fail (printf "replicaCount: %d replicas can't share one SQLite file; allowed: 1, or env.database postgres" $replicas) -}}
{{- end -}}
{{- $replicas -}}
{{- end -}}

{{/* Stateful where a pod keeps a volume of its own. */}}
{{- define "gateway.kind" -}}
{{- if include "gateway.isControlPlane" . -}}
{{- ternary "StatefulSet" "Deployment" (eq (include "gateway.database" .) "sqlite") -}}
{{- else -}}
{{- ternary "StatefulSet" "Deployment" (eq (toString .Values.cache.persistence.enabled) "true") -}}
{{- end -}}
{{- end -}}

{{- define "gateway.adminIsOpen" -}}
{{- if and .Values.admin.enabled .Values.admin.http.enabled -}}true{{- end -}}
{{- end -}}

{{/* Whether the pods have the Secret of the first administrator's token. */}}
{{- define "gateway.mountsAdminToken" -}}
{{- if and (include "gateway.isControlPlane" .) (include "gateway.adminIsOpen" .) (not (hasKey .Values.env "admin_token")) (not (hasKey .Values.env "admin_token_file")) -}}true{{- end -}}
{{- end -}}

{{- define "gateway.adminTokenSecret" -}}
{{- default (printf "%s-admin-token" (include "gateway.fullname" .)) .Values.adminToken.existingSecret -}}
{{- end -}}

{{/* Whether the Secret of clusterCertificate is where the process looks. */}}
{{- define "gateway.mountsClusterCertificate" -}}
{{- if hasPrefix "/etc/secrets/cluster-certificate/" (get .Values.env "cluster_cert" | default "/etc/secrets/cluster-certificate/tls.crt" | toString) -}}true{{- end -}}
{{- end -}}

{{/* The volume of a Secret of secretVolumes. A Secret's name may be longer than a volume's, and hold dots. */}}
{{- define "gateway.secretVolume" -}}
{{- $name := printf "secret-%s" . -}}
{{- if or (gt (len $name) 63) (contains "." .) -}}
{{- $name = printf "%s-%s" ($name | replace "." "-" | trunc 54 | trimSuffix "-") (. | sha256sum | trunc 8) -}}
{{- end -}}
{{- $name -}}
{{- end -}}

{{/* Kubernetes kills what the grace time does not cover. The process's own times have the defaults of the settings contract. */}}
{{- define "gateway.gracePeriod" -}}
{{- $needed := int (dig "preStop" "sleep" "seconds" 0 .Values.lifecycle) -}}
{{- $times := dict "shutdown_timeout" 25 -}}
{{- if not (include "gateway.isControlPlane" .) -}}
{{- $_ := set $times "shutdown_delay" 5 -}}
{{- end -}}
{{- range $name, $default := $times -}}
{{- $value := ternary (get $.Values.env $name) $default (hasKey $.Values.env $name) -}}
{{- if not (kindIs "map" $value) -}}
{{- $needed = add $needed (int $value) -}}
{{- end -}}
{{- end -}}
{{- if le (int .Values.terminationGracePeriodSeconds) (int $needed) -}}
{{- fail (printf "terminationGracePeriodSeconds: %d s end before the %d s that preStop, env.shutdown_delay and env.shutdown_timeout take together; allowed: more than that" (int .Values.terminationGracePeriodSeconds) (int $needed)) -}}
{{- end -}}
{{- .Values.terminationGracePeriodSeconds -}}
{{- end -}}

{{- define "gateway.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "gateway.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "gateway.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "gateway.keysSecret" -}}
{{- if include "gateway.isControlPlane" . -}}
{{- default (printf "%s-keyring" (include "gateway.fullname" .)) .Values.keyring.existingSecret -}}
{{- else -}}
{{- default (printf "%s-cache-keys" (include "gateway.fullname" .)) .Values.cache.existingKeySecret -}}
{{- end -}}
{{- end -}}

{{- define "gateway.selectorLabels" -}}
app.kubernetes.io/name: {{ include "gateway.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: {{ include "gateway.role" . | replace "_" "-" }}
{{- end -}}

{{- define "gateway.labels" -}}
{{ include "gateway.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* How a pod's environment names a value: a string, or {valueFrom: …} as it stands. YAML reads a bare `on` or `off` as a truth value. */}}
{{- define "gateway.envValue" -}}
{{- if kindIs "map" . -}}
{{- toYaml . -}}
{{- else if kindIs "bool" . -}}
value: {{ ternary "on" "off" . | quote }}
{{- else if kindIs "slice" . -}}
value: {{ join "," . | quote }}
{{- else if kindIs "float64" . -}}
value: {{ ternary (printf "%.0f" .) (toString .) (eq (floor .) .) | quote }}
{{- else -}}
value: {{ toString . | quote }}
{{- end -}}
{{- end -}}

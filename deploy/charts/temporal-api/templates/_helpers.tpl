{{- /* The name of everything that the release makes. Labels allow 63 characters. */ -}}
{{- define "temporal.name" -}}
{{- .Values.nameOverride | default .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- /* What selects the pods. It never changes: selectors cannot. */ -}}
{{- define "temporal.selector" -}}
app.kubernetes.io/name: {{ include "temporal.name" . }}
{{- end -}}

{{- /* Labels of pods. No version and no chart: they would roll what they do not change. */ -}}
{{- define "temporal.podLabels" -}}
{{ include "temporal.selector" . }}
app.kubernetes.io/component: {{ .Values.component | default (include "temporal.name" .) }}
{{- with .Values.partOf }}
app.kubernetes.io/part-of: {{ . }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "temporal.metadata" -}}
{{- include "temporal.metadataOf" (list . (include "temporal.name" .)) -}}
{{- end -}}

{{- /* Of an object with another name: a list of the root and the name. */ -}}
{{- define "temporal.metadataOf" -}}
{{- $name := index . 1 -}}
{{- with index . 0 -}}
name: {{ $name }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "temporal.podLabels" . | nindent 2 }}
  helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
  {{- with .Values.labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
{{- end -}}

{{- define "temporal.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "temporal.name" .) -}}
{{- end -}}

{{- define "temporal.image" -}}
{{- $name := printf "%s%s" (empty .Values.image.registry | ternary "" (printf "%s/" .Values.image.registry)) .Values.image.repository -}}
{{- with .Values.image.tag -}}{{- $name = printf "%s:%s" $name . -}}{{- end -}}
{{- with .Values.image.digest -}}{{- $name = printf "%s@%s" $name . -}}{{- end -}}
{{- $name -}}
{{- end -}}

{{- /* The secret with the client certificate, whoever makes it; nothing where there is none. */ -}}
{{- define "temporal.certificateSecret" -}}
{{- $certificate := .Values.temporal.tls.certificate -}}
{{- if $certificate.existingSecret -}}{{- $certificate.existingSecret -}}
{{- else if $certificate.issuer.name -}}{{- include "temporal.name" . }}-client-tls
{{- end -}}
{{- end -}}

{{- /* Whether something else than the chart decides how many copies run. */ -}}
{{- define "temporal.scaled" -}}
{{- if or .Values.autoscaling.enabled (dig "backlogScaling" "enabled" false .Values.AsMap) -}}true{{- end -}}
{{- end -}}

{{- /* The number of a port, which must be one of the container's. */ -}}
{{- define "temporal.portNumber" -}}
{{- $ports := .ports -}}
{{- if hasKey $ports .port -}}{{- get $ports .port -}}
{{- else -}}{{- fail (printf "%s is %q, and there is no such port: ports has %s" .path .port (keys $ports | sortAlpha | join ", ")) -}}
{{- end -}}
{{- end -}}

{{- /* Kubernetes warns of a number that two names have, and takes one of them. */ -}}
{{- define "temporal.checkPorts" -}}
{{- $names := dict -}}
{{- range $name, $number := .Values.ports -}}
{{- $other := get $names (toString $number) -}}
{{- if $other -}}{{- fail (printf "ports.%s and ports.%s are both %v: give them different numbers, or take one away with null" $other $name $number) -}}{{- end -}}
{{- $_ := set $names (toString $number) $name -}}
{{- end -}}
{{- end -}}

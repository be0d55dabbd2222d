{{- define "temporal.probe" -}}
{{- $probe := omit .probe "enabled" "path" "port" "handler" -}}
{{- if .probe.handler }}
{{- toYaml .probe.handler }}
{{- else }}
httpGet:
  path: {{ .probe.path }}
  port: {{ .probe.port }}
{{- end }}
{{ toYaml $probe }}
{{- end -}}

{{- define "temporal.probes" -}}
{{- $values := .Values -}}
{{- range $name := list "startup" "readiness" "liveness" }}
{{- $probe := get $values.probes $name }}
{{- if $probe.enabled }}
{{- if not $probe.handler }}
{{- $_ := include "temporal.portNumber" (dict "ports" $values.ports "port" $probe.port "path" (printf "probes.%s.port" $name)) }}
{{- end }}
{{ $name }}Probe:
  {{- include "temporal.probe" (dict "probe" $probe) | trim | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "temporal.spread" -}}
{{- $selector := include "temporal.selector" . -}}
{{- with .Values.spread -}}
topologySpreadConstraints:
  - topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: {{ .nodes }}
    maxSkew: 1
    labelSelector:
      matchLabels:
        {{- $selector | nindent 8 }}
    matchLabelKeys:
      - pod-template-hash
  - topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: {{ .zones }}
    maxSkew: 1
    labelSelector:
      matchLabels:
        {{- $selector | nindent 8 }}
    matchLabelKeys:
      - pod-template-hash
{{- end -}}
{{- end -}}

{{- define "temporal.podSpec" -}}
{{- $spec := pick .Values "nodeSelector" "tolerations" "affinity" "hostAliases" "dnsConfig" "runtimeClassName" "priorityClassName" -}}
serviceAccountName: {{ include "temporal.serviceAccount" . }}
automountServiceAccountToken: {{ .Values.serviceAccount.automountToken }}
# Services' variables would stand in for the programs' own settings.
enableServiceLinks: false
terminationGracePeriodSeconds: {{ .Values.terminationGracePeriodSeconds }}
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- range $name, $value := $spec }}
{{- if $value }}
{{ toYaml (dict $name $value) }}
{{- end }}
{{- end }}
{{- if and .Values.spread.enabled (or (gt (int .Values.replicas) 1) (include "temporal.scaled" .)) }}
{{ include "temporal.spread" . }}
{{- end }}
{{- with .Values.initContainers }}
initContainers:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: {{ include "temporal.name" . }}
    image: {{ include "temporal.image" . | quote }}
    imagePullPolicy: {{ .Values.image.pullPolicy }}
    {{- with .Values.command }}
    command:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .Values.args }}
    args:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    env:
      {{- include "temporal.environment" . | nindent 6 }}
    {{- with .Values.extraEnvFrom }}
    envFrom:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with .Values.ports }}
    ports:
      {{- range $name, $number := . }}
      - name: {{ $name }}
        containerPort: {{ $number }}
        protocol: TCP
      {{- end }}
    {{- end }}
    {{- with include "temporal.probes" . | trim }}
    {{- . | nindent 4 }}
    {{- end }}
    volumeMounts:
      {{- include "temporal.volumeMounts" . | trim | nindent 6 }}
    securityContext:
      {{- toYaml .Values.securityContext | nindent 6 }}
    terminationMessagePolicy: FallbackToLogsOnError
    {{- with .Values.lifecycle }}
    lifecycle:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    resources:
      {{- toYaml .Values.resources | nindent 6 }}
  {{- with .Values.sidecars }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
volumes:
  {{- include "temporal.volumes" . | trim | nindent 2 }}
{{- end -}}

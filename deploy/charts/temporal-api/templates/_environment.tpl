{{- /* Variables in the order in which they may refer to each other: the pod's address, Temporal's, then the program's own. */ -}}
{{- define "temporal.environment" -}}
{{- $temporal := .Values.temporal -}}
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
- name: TEMPORAL_ADDRESS
  value: {{ $temporal.address | quote }}
- name: TEMPORAL_NAMESPACE
  value: {{ $temporal.namespace | quote }}
{{- include "temporal.tlsEnvironment" . }}
{{- with $temporal.oidc.issuer }}
- name: OIDC_ISSUER
  value: {{ . | quote }}
{{- end }}
{{- with $temporal.oidc.clientId }}
- name: OIDC_CLIENT_ID
  value: {{ . | quote }}
{{- end }}
{{- with $temporal.oidc.clientSecret.name }}
- name: OIDC_CLIENT_SECRET_FILE
  value: /etc/sundial/secrets/{{ . }}/{{ $temporal.oidc.clientSecret.key }}
{{- end }}
{{- with $temporal.apiKey.name }}
{{- if eq $temporal.apiKey.as "file" }}
- name: TEMPORAL_API_KEY_FILE
  value: /etc/sundial/secrets/{{ . }}/{{ $temporal.apiKey.key }}
{{- else }}
- name: TEMPORAL_API_KEY
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: {{ $temporal.apiKey.key }}
{{- end }}
{{- end }}
{{- range $name, $value := .Values.env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- range $name, $secret := .Values.secretEnv }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $secret.name }}
      key: {{ $secret.key }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "temporal.tlsEnvironment" -}}
{{- $tls := .Values.temporal.tls -}}
{{- if not $tls.enabled }}
- name: TEMPORAL_TLS
  value: "false"
{{- else }}
{{- with $tls.serverName }}
- name: TEMPORAL_TLS_SERVER_NAME
  value: {{ . | quote }}
{{- end }}
{{- if $tls.trust.configMap }}
- name: TEMPORAL_TLS_SERVER_CA_CERT_PATH
  value: /etc/sundial/trust/client/{{ $tls.trust.key }}
{{- end }}
{{- if include "temporal.certificateSecret" . }}
- name: TEMPORAL_TLS_CLIENT_CERT_PATH
  value: /etc/sundial/certificates/client/tls.crt
- name: TEMPORAL_TLS_CLIENT_KEY_PATH
  value: /etc/sundial/certificates/client/tls.key
{{- end }}
{{- if not (or $tls.serverName $tls.trust.configMap (include "temporal.certificateSecret" .)) }}
- name: TEMPORAL_TLS
  value: "true"
{{- end }}
{{- end }}
{{- end -}}

{{- /* Secrets that are read from variables: these are read once, so the pods are replaced when they change. */ -}}
{{- define "temporal.reloadedSecrets" -}}
{{- $names := list -}}
{{- range .Values.secretEnv -}}{{- $names = append $names .name -}}{{- end -}}
{{- with .Values.temporal.apiKey -}}{{- if and .name (ne .as "file") -}}{{- $names = append $names .name -}}{{- end -}}{{- end -}}
{{- $names | uniq | sortAlpha | join "," -}}
{{- end -}}

{{- /* Secrets that are read from files, each once. */ -}}
{{- define "temporal.secretFolders" -}}
{{- $names := .Values.secretFolders -}}
{{- with .Values.temporal.oidc.clientSecret.name -}}{{- $names = append $names . -}}{{- end -}}
{{- with .Values.temporal.apiKey -}}{{- if and .name (eq .as "file") -}}{{- $names = append $names .name -}}{{- end -}}{{- end -}}
{{- $names | uniq | sortAlpha | toJson -}}
{{- end -}}

{{- define "temporal.volumeMounts" -}}
{{- range include "temporal.secretFolders" . | fromJsonArray }}
- name: secret-{{ . }}
  mountPath: /etc/sundial/secrets/{{ . }}
  readOnly: true
{{- end }}
{{- if and .Values.temporal.tls.enabled (include "temporal.certificateSecret" .) }}
- name: certificate-client
  mountPath: /etc/sundial/certificates/client
  readOnly: true
{{- end }}
{{- if and .Values.temporal.tls.enabled .Values.temporal.tls.trust.configMap }}
- name: trust-client
  mountPath: /etc/sundial/trust/client
  readOnly: true
{{- end }}
{{- range $name, $configMap := .Values.trust }}
- name: trust-{{ $name }}
  mountPath: /etc/sundial/trust/{{ $name }}
  readOnly: true
{{- end }}
- name: tmp
  mountPath: /tmp
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "temporal.volumes" -}}
{{- range include "temporal.secretFolders" . | fromJsonArray }}
- name: secret-{{ . }}
  secret:
    secretName: {{ . }}
{{- end }}
{{- if .Values.temporal.tls.enabled }}
{{- with include "temporal.certificateSecret" . }}
- name: certificate-client
  secret:
    secretName: {{ . }}
{{- end }}
{{- with .Values.temporal.tls.trust.configMap }}
- name: trust-client
  configMap:
    name: {{ . }}
{{- end }}
{{- end }}
{{- range $name, $configMap := .Values.trust }}
- name: trust-{{ $name }}
  configMap:
    name: {{ $configMap }}
{{- end }}
# The root file system is read-only.
- name: tmp
  emptyDir: {}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

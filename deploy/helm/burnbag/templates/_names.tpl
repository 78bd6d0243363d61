{{- define "burnbag.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 63 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "burnbag.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "burnbag.labels" -}}
{{ include "burnbag.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "burnbag.image" -}}
{{- if .Values.image.digest }}{{ .Values.image.repository }}@{{ .Values.image.digest }}{{ else }}{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{/* burnbag.toml: what the chart knows, and what `config` adds. */}}
{{- define "burnbag.toml" -}}
{{- $older := list }}
{{- range $number, $_ := .Values.olderServerKeySecrets }}{{ $older = append $older (printf "/run/burnbag/older-%d.key" $number) }}{{ end }}
{{- $config := dict
  "public_url" (printf "https://%s" .Values.host)
  "listen" "0.0.0.0:7143"
  "store" .Values.store.url
  "store_password_file" "/run/burnbag/store.password"
  "server_key_file" "/run/burnbag/server.key"
  "older_server_key_files" $older
  "trusted_proxies" .Values.trustedProxies }}
{{- $mail := dict }}
{{- if .Values.mailPasswordSecret.name }}{{ $_ := set $mail "password_file" "/run/burnbag/mail.password" }}{{ end }}
{{- if .Values.mailAuthoritySecret.name }}{{ $_ := set $mail "ca_file" "/run/burnbag/mail-ca.pem" }}{{ end }}
{{- if $mail }}{{ $_ := set $config "mail" $mail }}{{ end }}
{{- toToml (mergeOverwrite (deepCopy .Values.config) $config) }}
{{- end }}

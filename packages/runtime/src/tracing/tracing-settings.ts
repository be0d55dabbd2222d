import { SettingsReader } from '../settings/settings-reader.ts'

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const
const PROTOCOLS = ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'] as const
const PROTOCOL = 'http/protobuf'
const SAMPLERS = ['always_on', 'always_off', 'traceidratio', 'parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio']

/**
 * Whether the environment asks for traces, in OpenTelemetry's own words: it names an OTLP endpoint, and neither `OTEL_SDK_DISABLED=true` nor
 * `OTEL_TRACES_EXPORTER=none` says otherwise. Problems go to the reader; call its `finish` afterwards.
 */
export function readTracing(reader: SettingsReader): boolean {
  const endpoints = ENDPOINTS.filter((name) => reader.optional(name) !== undefined)
  for (const name of endpoints) reader.url(name)
  for (const name of PROTOCOLS) {
    const value = reader.optional(name) ?? PROTOCOL
    if (value !== PROTOCOL) reader.problem(`${name} is "${value}"; only ${PROTOCOL} is spoken, which collectors take on port 4318`)
  }
  const exporter = reader.optional('OTEL_TRACES_EXPORTER') ?? 'otlp'
  if (exporter !== 'otlp' && exporter !== 'none') reader.problem(`OTEL_TRACES_EXPORTER is "${exporter}"; write otlp or none`)
  const sampler = reader.optional('OTEL_TRACES_SAMPLER')
  if (sampler !== undefined && !SAMPLERS.includes(sampler)) reader.problem(`OTEL_TRACES_SAMPLER is "${sampler}"; write one of ${SAMPLERS.join(', ')}`)
  if (reader.optional('OTEL_TRACES_SAMPLER_ARG') !== undefined) reader.number('OTEL_TRACES_SAMPLER_ARG', { min: 0, max: 1 })
  const isDisabled = reader.flag('OTEL_SDK_DISABLED') === true
  return endpoints.length > 0 && exporter === 'otlp' && !isDisabled
}

/** The same for those who report nothing. */
export function isTracingOn(env: NodeJS.ProcessEnv): boolean {
  return readTracing(new SettingsReader(env))
}

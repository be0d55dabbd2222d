import { expect, test } from 'vitest'
import { SettingsReader } from '../settings/settings-reader.ts'
import { isTracingOn, readTracing } from './tracing-settings.ts'

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }

test.each([
  [{}, false],
  [ENDPOINT, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example.com/v1/traces' }, true],
  [{ ...ENDPOINT, OTEL_SDK_DISABLED: 'true' }, false],
  [{ ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }, false],
])('%j: tracing is on: %s', (env, on) => {
  expect(isTracingOn(env)).toBe(on)
})

test('says what is wrong, and what is allowed', () => {
  const reader = new SettingsReader({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_TRACES_EXPORTER: 'jaeger',
    OTEL_TRACES_SAMPLER: 'sometimes',
    OTEL_TRACES_SAMPLER_ARG: '2',
    OTEL_SDK_DISABLED: 'maybe',
  })
  readTracing(reader)
  expect(() => reader.finish()).toThrowErrorMatchingInlineSnapshot(`
    [SettingsError: 6 settings are wrong:
      - OTEL_EXPORTER_OTLP_ENDPOINT is "collector:4317"; write an http or https URL
      - OTEL_EXPORTER_OTLP_PROTOCOL is "grpc"; only http/protobuf is spoken, which collectors take on port 4318
      - OTEL_TRACES_EXPORTER is "jaeger"; write otlp or none
      - OTEL_TRACES_SAMPLER is "sometimes"; write one of always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio
      - OTEL_TRACES_SAMPLER_ARG is "2"; write a number from 0 to 1
      - OTEL_SDK_DISABLED is "maybe"; write true or false]
  `)
})

import { expect, test } from 'vitest'
import { DiagnosticsError } from '../../model/diagnostics.ts'
import type { PlatformInput } from '../../model/input.ts'
import { resolvePlatform } from '../../model/platform.ts'
import { makePlan } from '../../plan.ts'
import { processPorts, releasedPrograms, renderProcesses } from '../../render.ts'
import { input } from '../../testing/platform.ts'

const planOf = (settings: Partial<PlatformInput> = {}) => makePlan(resolvePlatform({ ...input, ...settings }, 'development', { features: ['tracing'] }))

function processesOf(plan: ReturnType<typeof makePlan>) {
  const ports = Object.fromEntries(processPorts(plan).map(({ key, preferred }) => [key, preferred]))
  const machine = { projectFolder: '/project', stateFolder: '/state', ports, resolveModule: (specifier: string) => `/modules/${specifier}.js` }
  const { processes } = renderProcesses(plan, machine)
  return (name: string) => processes.find((candidate) => candidate.name === name)!
}

test('is part of the plan only when something is traced', () => {
  const without = makePlan(resolvePlatform(input, 'development'))
  const names = (of: typeof without) => of.parties.map(({ name }) => name)
  expect(names(planOf()).filter((name) => !names(without).includes(name))).toEqual(['opentelemetry-collector'])
  expect(JSON.stringify(without.parties)).not.toContain('OTEL_')
  expect(
    planOf()
      .connections.filter(({ to }) => to === 'opentelemetry-collector')
      .map(({ from }) => from),
  ).toEqual(['shop-api', 'shop-worker'])
})

test('the collector listens on loopback, and writes a file of the state folder', () => {
  const { args, files, folders } = processesOf(planOf())('opentelemetry-collector')
  expect(args).toEqual(['--config', '/state/config/opentelemetry-collector/collector.yaml'])
  expect(files[0]?.content).toMatchObject({
    receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:4318' } } } },
    exporters: { file: { path: '/state/data/opentelemetry-collector/traces.jsonl' } },
  })
  expect(folders).toEqual(['/state/data/opentelemetry-collector'])
})

test.each(['shop-api', 'shop-worker'])('%s sends its traces there, and starts without it', (name) => {
  const { env, needs } = processesOf(planOf({ tracing: { sampleRatio: 0.25 } }))(name)
  expect(env).toMatchObject({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
  })
  expect(needs).toContainEqual({ anyOf: ['opentelemetry-collector'], until: 'none' })
})

test('a collector of others is called where it is, and nothing of it runs here', () => {
  const plan = planOf({ tracing: { external: { url: 'https://otlp.example.com/traces' } } })
  expect(processesOf(plan)('shop-worker').env).toMatchObject({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example.com/traces' })
  expect(releasedPrograms(plan).map(({ name }) => name)).not.toContain('opentelemetry-collector')
})

test('a share is from 0 to 1', () => {
  expect(() => planOf({ tracing: { sampleRatio: 2 } })).toThrow(DiagnosticsError)
})

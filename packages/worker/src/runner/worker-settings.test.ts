import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SettingsError, SettingsReader } from '@sundial/runtime'
import { expect, onTestFinished, test } from 'vitest'
import { readWorkerSettings } from './worker-settings.ts'

const env = { TEMPORAL_ADDRESS: '127.0.0.1:7233', TEMPORAL_NAMESPACE: 'orders', OPERATIONS_ADDRESS: '127.0.0.1:0' }

function read(values: NodeJS.ProcessEnv) {
  const reader = new SettingsReader(values)
  const settings = readWorkerSettings(reader)
  reader.finish()
  return settings
}

test('reads the least, and worker versioning', () => {
  expect(read(env)).toMatchObject({ temporal: { namespace: 'orders' }, operations: { host: '127.0.0.1', port: 0 } })
  expect(read({ ...env, TEMPORAL_DEPLOYMENT_NAME: 'orders', TEMPORAL_WORKER_BUILD_ID: 'b1' }).deployment).toEqual({
    deploymentName: 'orders',
    buildId: 'b1',
  })
})

test('a folder of bundles has one for each state of the tracing switch', () => {
  const folder = mkdtempSync(join(tmpdir(), 'worker-settings-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of ['workflow-bundle.js', 'workflow-bundle-traced.js']) writeFileSync(join(folder, name), '')
  const bundleFile = (more: NodeJS.ProcessEnv) => read({ ...env, SUNDIAL_WORKFLOW_BUNDLE: folder, ...more }).bundleFile
  expect(bundleFile({})).toBe(join(folder, 'workflow-bundle.js'))
  expect(bundleFile({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' })).toBe(join(folder, 'workflow-bundle-traced.js'))
  rmSync(join(folder, 'workflow-bundle.js'))
  expect(() => bundleFile({})).toThrow(`SUNDIAL_WORKFLOW_BUNDLE names ${folder}/workflow-bundle.js, which cannot be read (ENOENT)`)
})

test.each([
  ['OPERATIONS_ADDRESS', { OPERATIONS_ADDRESS: undefined }],
  ['TEMPORAL_ADDRESS', { TEMPORAL_ADDRESS: 'here' }],
  ['TEMPORAL_WORKER_BUILD_ID', { TEMPORAL_DEPLOYMENT_NAME: 'orders' }],
  ['TEMPORAL_DEPLOYMENT_NAME', { TEMPORAL_WORKER_BUILD_ID: 'b1' }],
  ['SUNDIAL_WORKFLOW_BUNDLE', { SUNDIAL_WORKFLOW_BUNDLE: '/nowhere.js' }],
])('names %s when it is wrong', (name, wrong) => {
  let problems: readonly string[] = []
  try {
    read({ ...env, ...wrong })
  } catch (error) {
    problems = (error as SettingsError).problems
  }
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(new RegExp(`^${name} `))
})

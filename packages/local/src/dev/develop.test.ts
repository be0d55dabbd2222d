import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { served, Stage, statusOf } from '../supervisor/stage.fixture.ts'
import type { Supervisor } from '../supervisor/index.ts'
import { develop, type DevelopEvent, type PlanComparison } from './develop.ts'
import { project, put } from './project.fixture.ts'

const MODULES = fileURLToPath(new URL('../../../../node_modules', import.meta.url))
const FILES = {
  'package.json': '{"type":"module"}',
  'tsconfig.json': JSON.stringify({
    compilerOptions: { composite: true, strict: true, noEmitOnError: true, rootDir: 'src', outDir: 'dist', types: [] },
    include: ['src'],
  }),
  'src/worker.ts': "import { limit } from './shared.js'\nexport const worker = limit\n",
  'src/api.ts': "import { limit } from './shared.js'\nexport const api = limit\n",
  'src/shared.ts': 'export const limit: number = 1\n',
  'src/migrate.ts': 'export const steps = 1\n',
  'sundial.config.ts': "import { limit } from './dist/shared.js'\nexport default limit\n",
}

let stage: Stage
let folder: string
let supervisor: Supervisor
let events: DevelopEvent[]
let plan: PlanComparison

beforeEach(async () => {
  stage = new Stage()
  folder = await project(FILES)
  symlinkSync(MODULES, join(folder, 'node_modules'))
  const broken = join(stage.folder, 'broken')
  const roles = { worker: await served({ env: { BROKEN: broken } }), api: await served(), migrate: { kind: 'job' as const, env: { CODE: '0' } } }
  supervisor = await stage.start(roles)
  const { processes } = stage.options(roles).plan
  const own = processes.map((spec) => ({ ...spec, program: { kind: 'node' as const, module: join(folder, `dist/${spec.name}.js`) } }))
  await supervisor.whenReady()
  events = []
  plan = { parts: [] }
  const platform = { supervisor, processes: { processes: own } }
  const configFile = join(folder, 'sundial.config.ts')
  const loop = await develop({ platform, projectFolder: folder, configFile, comparePlan: async () => plan, onEvent: (event) => events.push(event) })
  onTestFinished(() => loop.close())
  // The first build makes what the processes would have run.
  await happens((event) => event.kind === 'restarted' && event.process === 'worker')
  await happens((event) => event.kind === 'restarted' && event.process === 'api')
  events.length = 0
})
afterEach(() => stage.close())

/** Waits until something has happened, and gives it. */
async function happens(wanted: (event: DevelopEvent) => boolean): Promise<DevelopEvent> {
  return vi.waitFor(
    () => {
      const found = events.find(wanted)
      if (!found) throw new Error(`it has not happened: ${JSON.stringify(events)}`)
      return found
    },
    { timeout: 20_000, interval: 20 },
  )
}

test('a change restarts the processes whose code it is in, and no other', async () => {
  const api = statusOf(supervisor, 'api')
  await put(folder, 'src/worker.ts', 'export const worker = 2\n')
  await happens((event) => event.kind === 'restarted')
  // A slow machine may see one save in two steps.
  expect(events.find(({ kind }) => kind === 'changed')).toEqual({ kind: 'changed', files: ['src/worker.ts'] })
  expect(events.find(({ kind }) => kind === 'built')).toEqual({ kind: 'built', milliseconds: expect.any(Number), fixed: false, restarts: ['worker'], jobs: [] })
  expect(new Set(events.flatMap((event) => (event.kind === 'built' ? event.restarts : [])))).toEqual(new Set(['worker']))
  expect(statusOf(supervisor, 'api')).toEqual(api)
})

test('what is shared restarts all who share it; a job is named', async () => {
  await put(folder, 'src/shared.ts', 'export const limit: number = 2\n')
  expect(await happens((event) => event.kind === 'built')).toMatchObject({ restarts: ['worker', 'api'], jobs: [] })
  await put(folder, 'src/migrate.ts', 'export const steps = 2\n')
  expect(await happens((event) => event.kind === 'built' && event.jobs.length > 0)).toMatchObject({ restarts: [], jobs: ['migrate'] })
})

test.each([
  ['a type error', "export const worker: number = 'two'\n", 'TS2322'],
  ['a syntax error', 'export const worker = 2 +;\n', 'TS1109'],
])('%s leaves everything as it is, until it is mended', async (_, content, code) => {
  const before = [statusOf(supervisor, 'worker'), statusOf(supervisor, 'api')]
  await put(folder, 'src/worker.ts', content)
  expect(await happens((event) => event.kind === 'build-failed')).toMatchObject({ diagnostics: [{ file: 'src/worker.ts', code }] })
  expect([statusOf(supervisor, 'worker'), statusOf(supervisor, 'api')]).toEqual(before)
  await put(folder, 'src/worker.ts', 'export const worker = 2\n')
  expect(await happens((event) => event.kind === 'built')).toMatchObject({ fixed: true, restarts: ['worker'] })
  await happens((event) => event.kind === 'restarted')
})

test('a removed file that others import is an error of theirs', async () => {
  rmSync(join(folder, 'src/shared.ts'))
  const failed = await happens((event) => event.kind === 'build-failed')
  expect(failed).toMatchObject({ diagnostics: [{ file: 'src/api.ts' }, { file: 'src/worker.ts' }] })
})

test('saves while it builds or restarts are not lost: what was saved last runs in the end', async () => {
  for (let at = 2; at <= 12; at++) {
    await put(folder, 'src/worker.ts', `export const worker = ${at}\n`)
    await new Promise((resolve) => setTimeout(resolve, 70))
  }
  await vi.waitFor(() => expect(readFileSync(join(folder, 'dist/worker.js'), 'utf8')).toContain('worker = 12'), { timeout: 20_000 })
  const built = readFileSync(join(folder, 'dist/worker.js'), 'utf8')
  // A slow machine may see the last save in two steps: a build that restarts nothing may come after all.
  const builds = () => events.findLastIndex((event) => event.kind === 'built' && event.restarts.includes('worker'))
  await vi.waitFor(() => expect(events.findLastIndex(({ kind }) => kind === 'restarted')).toBeGreaterThan(builds()), { timeout: 20_000 })
  expect(readFileSync(join(folder, 'dist/worker.js'), 'utf8')).toBe(built)
  expect(events.some(({ kind }) => kind === 'restart-failed')).toBe(false)
})

test('a process that does not come up with a change is reported, and comes up with the next', async () => {
  writeFileSync(join(stage.folder, 'broken'), '')
  await put(folder, 'src/worker.ts', 'export const worker = 2\n')
  expect(await happens((event) => event.kind === 'restart-failed')).toMatchObject({ problem: { process: 'worker', reason: 'ended with code 3' } })
  rmSync(join(stage.folder, 'broken'))
  await put(folder, 'src/worker.ts', 'export const worker = 3\n')
  expect(await happens((event) => event.kind === 'restarted')).toMatchObject({ process: 'worker' })
})

test('the configuration, and what it imports, is compared with what runs', async () => {
  plan = { parts: ['temporal-namespaces'] }
  await put(folder, 'src/shared.ts', 'export const limit: number = 2\n')
  expect(await happens((event) => event.kind === 'plan-changed')).toEqual({ kind: 'plan-changed', parts: ['temporal-namespaces'] })
  plan = { problem: 'it has no default export' }
  await put(folder, 'sundial.config.ts', 'export {}\n')
  expect(await happens((event) => event.kind === 'plan-invalid')).toEqual({ kind: 'plan-invalid', message: 'it has no default export' })
  expect(existsSync(join(folder, 'dist/sundial.config.js'))).toBe(false)
})

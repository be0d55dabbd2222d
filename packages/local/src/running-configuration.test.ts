import { mkdir } from 'node:fs/promises'
import { resolvePlatform, type PlatformInput } from '@sundial/platform'
import { makePlan } from '@sundial/platform/plan'
import { beforeEach, expect, test } from 'vitest'
import { changesSinceStart, recordConfiguration, runningFeatures } from './running-configuration.ts'
import { stateFolder, type StateFolder } from './state/index.ts'
import { temporaryFolder } from './state/temporary-folder.fixture.ts'

const contract = { name: 'shop', taskQueue: 'shop', workflows: {}, activities: {} }
const plan = (over: { env?: Record<string, string>; logLevel?: 'info' | 'warn'; more?: string } = {}) =>
  makePlan(
    resolvePlatform(
      {
        name: 'test',
        temporal: { logLevel: over.logLevel ?? 'info' },
        applications: {
          ...(over.more !== undefined && {
            [over.more]: { contract: { ...contract, name: over.more, taskQueue: over.more }, worker: { module: './more.js' } },
          }),
          shop: { contract, worker: { module: './worker.js', env: over.env ?? { LIMIT: '1' } } },
        },
        environments: { development: {} },
      } satisfies PlatformInput,
      'development',
    ),
  )

let state: StateFolder
beforeEach(async () => {
  state = stateFolder(await temporaryFolder(), 'development')
  await mkdir(state.run, { recursive: true })
})

test('nothing is said of a platform that was never started, or of one that is as configured', async () => {
  expect(await changesSinceStart(state, plan())).toEqual([])
  await recordConfiguration(state, plan())
  expect(await changesSinceStart(state, plan())).toEqual([])
})

test('a change is named by its place, with both values', async () => {
  await recordConfiguration(state, plan({ env: { LIMIT: '1', OLD: 'x' } }))
  const changes = await changesSinceStart(state, plan({ env: { LIMIT: '2', NEW: 'y' } }))
  expect(changes).toEqual([
    { path: 'applications.shop.worker.env.LIMIT', running: '"1"', configured: '"2"' },
    { path: 'applications.shop.worker.env.OLD', running: '"x"' },
    { path: 'applications.shop.worker.env.NEW', configured: '"y"' },
  ])
  expect(await changesSinceStart(state, plan({ env: { LIMIT: '1', OLD: 'x' }, logLevel: 'warn' }))).toEqual([
    { path: 'temporal.logLevel', running: '"info"', configured: '"warn"' },
  ])
})

test('an application that is new', async () => {
  await recordConfiguration(state, plan())
  const changes = await changesSinceStart(state, plan({ more: 'another' }))
  expect(changes.map(({ path }) => path)).toContain('applications.another.worker.module')
  expect(changes.filter(({ path, running }) => running !== undefined || !path.startsWith('applications.another.'))).toEqual([])
})

test('what was switched on for a start is known, and is no difference by itself', async () => {
  expect(await runningFeatures(state)).toEqual([])
  const input = { name: 'test' }
  const searched = makePlan(resolvePlatform(input, 'development', { features: ['elasticsearch'] }))
  await recordConfiguration(state, searched)
  expect(await runningFeatures(state)).toEqual(['elasticsearch'])
  expect(await changesSinceStart(state, searched)).toEqual([])
  expect(await changesSinceStart(state, makePlan(resolvePlatform(input, 'development')))).toEqual([
    { path: 'temporal.visibility', running: '"elasticsearch"', configured: '"postgresql"' },
  ])
})

import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@sundial/runtime'
import type { WorkerOptions } from '@temporalio/worker'
import { afterAll, expect, test } from 'vitest'
import { activities } from '../fixtures/long.activities.fixture.ts'
import { long } from '../fixtures/long.contract.fixture.ts'
import { workerPlugin } from './worker-plugin.ts'

const keys = mkdtempSync(join(tmpdir(), 'worker-plugin-'))
writeFileSync(join(keys, '1'), randomBytes(32).toString('base64'))
afterAll(() => rmSync(keys, { recursive: true }))

const env = {
  PAYLOAD_KEYS_FOLDER: keys,
  TEMPORAL_DEPLOYMENT_NAME: 'long',
  TEMPORAL_WORKER_BUILD_ID: 'v1',
  WORKER_GRACE_SECONDS: '100',
  WORKER_MAX_ACTIVITIES: '7',
}
const workflows = new URL('../fixtures/long.workflows.fixture.ts', import.meta.url)
const plugin = await workerPlugin({ contract: long, workflows, activities, namespace: 'orders', env, logger: createLogger('test', 'silent') })
const given: WorkerOptions = { namespace: 'orders', taskQueue: 'long' }
const configured = async (options: Partial<WorkerOptions> = {}) => plugin.configureWorker!({ ...given, ...options })

test('gives a worker what the contract and the environment say', async () => {
  expect(await configured()).toMatchObject({
    taskQueue: 'long',
    workflowBundle: { code: expect.stringContaining('sundialEncodesFailures = true') as string },
    activities: { take: expect.any(Function) as unknown },
    dataConverter: { payloadCodecs: [expect.anything()] },
    shutdownGraceTime: 100_000,
    shutdownForceTime: 107_000,
    tuner: { activityTaskSlotOptions: { minimumSlots: 7, maximumSlots: 7 } },
    workerDeploymentOptions: { version: { deploymentName: 'long', buildId: 'v1' }, defaultVersioningBehavior: 'PINNED' },
  })
  expect(plugin.configureClient!({})).toMatchObject({ dataConverter: { payloadCodecs: [expect.anything()] } })
})

test('what the program says itself wins', async () => {
  const own = await configured({ shutdownGraceTime: 1, maxConcurrentActivityTaskExecutions: 3, activities: { other: async () => {} } })
  expect(own).toMatchObject({ shutdownGraceTime: 1, maxConcurrentActivityTaskExecutions: 3 })
  // The SDK refuses both.
  expect(own.tuner).toBeUndefined()
  expect(Object.keys(own.activities ?? {})).toEqual(['other', 'take'])
})

test('refuses a worker of something else', async () => {
  await expect(configured({ taskQueue: 'short' })).rejects.toThrow('the worker polls "short", and the contract "long" is for the task queue "long"')
  await expect(configured({ namespace: 'shop' })).rejects.toThrow('the worker is of the namespace "shop", and the plugin was made for "orders"')
})

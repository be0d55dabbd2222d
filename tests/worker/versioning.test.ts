import { randomUUID } from 'node:crypto'
import type { Client } from '@temporalio/client'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { temporalClient } from '../support/temporal-client.ts'
import { startWorkerProgram } from '../support/worker-program.ts'

let client: Client
beforeAll(async () => void (client = await temporalClient()))
afterAll(() => client?.connection.close())

const deploymentName = `long-${randomUUID()}`
const namespace = 'orders'
/** The version that new workflows go to, when all partitions of the task queue have heard of it. */
const current = async () => {
  const { workerDeploymentInfo } = await client.workflowService.describeWorkerDeployment({ namespace, deploymentName })
  // 2: completed.
  if (workerDeploymentInfo?.routingConfigUpdateState !== 2) return undefined
  return workerDeploymentInfo.routingConfig?.currentDeploymentVersion?.buildId
}
const start = (seconds: number) => client.workflow.start('work', { workflowId: `version-${randomUUID()}`, taskQueue: 'long', args: [{ seconds }] })

test('a workflow stays with the version that it began on; a new one goes to the current one', async () => {
  const program = async (fixture: string, buildId: string, env = {}) => {
    const worker = await startWorkerProgram(fixture, { NAME: buildId, TEMPORAL_DEPLOYMENT_NAME: deploymentName, TEMPORAL_WORKER_BUILD_ID: buildId, ...env })
    onTestFinished(() => void worker.child.kill('SIGKILL'))
    return worker
  }
  // One with a Worker.create of its own, and one that makes itself the current one.
  await program('own.worker', 'v1')
  const setCurrent = () => client.workflowService.setWorkerDeploymentCurrentVersion({ namespace, deploymentName, buildId: 'v1', identity: 'test' })
  await expect.poll(() => setCurrent().then(current, () => undefined), { timeout: 30_000, interval: 200 }).toBe('v1')
  onTestFinished(
    async () => void (await client.workflowService.setWorkerDeploymentCurrentVersion({ namespace, deploymentName, buildId: '', identity: 'test' })),
  )
  const old = await start(6)
  await expect.poll(async () => (await old.describe()).raw.pendingActivities?.length, { timeout: 20_000 }).toBe(1)

  await program('long.worker', 'v2', { WORKER_BECOMES_CURRENT: 'true' })
  await expect.poll(current, { timeout: 30_000, interval: 200 }).toBe('v2')
  const fresh = await start(0)
  expect(await fresh.result()).toMatchObject({ by: 'v2' })
  expect(await old.result()).toEqual({ attempt: 1, by: 'v1' })
  const { versioningInfo } = (await old.describe()).raw.workflowExecutionInfo ?? {}
  // 1: pinned.
  expect(versioningInfo).toMatchObject({ behavior: 1, deploymentVersion: { deploymentName, buildId: 'v1' } })
})

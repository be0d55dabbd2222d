import { randomUUID } from 'node:crypto'
import type { Client } from '@temporalio/client'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { temporalClient } from '../support/temporal-client.ts'
import { startWorkerProgram, type WorkerProgram } from '../support/worker-program.ts'

/** Longer than anything that stops at once, shorter than the grace. */
const SECONDS = 15

let client: Client
beforeAll(async () => void (client = await temporalClient()))
afterAll(() => client?.connection.close())

async function start(name: string, env: NodeJS.ProcessEnv = {}): Promise<WorkerProgram> {
  const worker = await startWorkerProgram('long.worker', { NAME: name, ...env })
  onTestFinished(() => void worker.child.kill('SIGKILL'))
  await expect.poll(async () => (await fetch(`${worker.operations}/readyz`).catch(() => undefined))?.status, { timeout: 30_000, interval: 100 }).toBe(200)
  return worker
}

test('asked to stop in the middle of a long activity, a worker finishes it, takes nothing new, and ends well', async () => {
  const first = await start('first')
  const handle = await client.workflow.start('work', { workflowId: `shutdown-${randomUUID()}`, taskQueue: 'long', args: [{ seconds: SECONDS }] })
  const pending = async () => (await handle.describe()).raw.pendingActivities?.[0]
  await expect.poll(async () => (await pending())?.lastHeartbeatTime, { timeout: 20_000 }).toBeTruthy()

  first.child.kill('SIGTERM')
  await expect.poll(async () => (await fetch(`${first.operations}/readyz`)).status, { interval: 20, timeout: 2000 }).toBe(503)
  expect((await fetch(`${first.operations}/livez`)).status).toBe(200)
  // Somebody has to go on with the workflow.
  await start('second')
  expect(await first.ended).toBe(0)
  expect(await handle.result()).toEqual({ attempt: 1, by: 'first' })
  // Who looks for the words of an activity finds it by its workflow.
  expect(first.log()).toContainEqual(expect.objectContaining({ msg: 'taking its time', workflowId: handle.workflowId, attempt: 1 }))
  expect(first.log().at(-1)).toMatchObject({ msg: 'stopped', exitCode: 0 })
})

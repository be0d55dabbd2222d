import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Client } from '@temporalio/client'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { ROOT } from '../support/command.ts'
import { type Answer, api } from '../support/orders.ts'
import { addressOf, certificateFiles } from '../support/platform.ts'
import { signToken } from '../support/signed-tokens.ts'
import { temporalClient } from '../support/temporal-client.ts'

let client: Client
beforeAll(async () => void (client = await temporalClient()))
afterAll(() => client?.connection.close())

const REPORT = '/v1/schedules/daily-report'

test('a schedule is looked at, paused, resumed, and what it starts is started now', async () => {
  const admin = await signToken({ audience: 'orders-api', scope: 'orders:read orders:write orders:admin' })
  const call = (method: string, path: string, body?: unknown, token = admin): Promise<Answer> =>
    api(method, path, { token, ...(body !== undefined && { body }) })
  const found = await call('GET', REPORT)
  expect(found).toMatchObject({
    status: 200,
    body: { name: 'daily-report', workflow: 'daily-report', paused: false, next: expect.arrayContaining([expect.stringMatching(/T00:1\d:/)]) },
  })
  expect((await call('GET', '/v1/schedules')).body.items).toEqual([expect.objectContaining({ name: 'daily-report' })])

  const writer = await signToken({ audience: 'orders-api', scope: 'orders:read orders:write' })
  expect(await call('POST', `${REPORT}/pause`, {}, writer)).toMatchObject({ status: 403, body: { detail: expect.stringContaining('orders:admin') } })
  onTestFinished(async () => void (await call('POST', `${REPORT}/resume`)))
  expect((await call('POST', `${REPORT}/pause`, { reason: 'inventory' })).status).toBe(204)
  expect((await call('GET', REPORT)).body).toMatchObject({ paused: true, note: 'inventory, by test' })
  expect((await call('POST', `${REPORT}/resume`)).status).toBe(204)
  expect((await call('GET', REPORT)).body).toMatchObject({ paused: false, note: 'by test' })

  const before: string | undefined = (await call('GET', REPORT)).body.recent[0]?.workflowId
  expect((await call('POST', `${REPORT}/trigger`, undefined, writer)).status).toBe(204)
  let started = ''
  await expect.poll(async () => (started = (await call('GET', REPORT)).body.recent[0]?.workflowId ?? ''), { timeout: 30_000 }).not.toBe(before ?? '')
  expect(await call('GET', `/v1/workflows/daily-report/${encodeURIComponent(started)}/result?wait=30`)).toMatchObject({
    status: 200,
    body: { result: { revenue: { currency: 'EUR' } } },
  })
  expect((await call('GET', '/v1/schedules/nothing')).status).toBe(404)
})

/** The job that makes namespaces and schedules, for one contract of the namespace `orders`. */
async function runJob(contract: string, schedules: readonly object[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sundial-schedules-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'namespaces.json')
  await writeFile(file, JSON.stringify({ namespaces: [{ name: 'orders', retentionDays: 7, contracts: [{ contract, schedules }] }] }))
  const { certFile, keyFile, caFile } = certificateFiles('orders-worker', 'client')
  const env = {
    PATH: process.env['PATH'],
    TEMPORAL_ADDRESS: await addressOf('temporal-frontend', 'grpc'),
    TEMPORAL_NAMESPACE: 'orders',
    TEMPORAL_TLS_SERVER_NAME: 'temporal-frontend',
    TEMPORAL_TLS_SERVER_CA_CERT_PATH: caFile,
    TEMPORAL_TLS_CLIENT_CERT_PATH: certFile,
    TEMPORAL_TLS_CLIENT_KEY_PATH: keyFile,
    TEMPORAL_API_KEY: await signToken({ permissions: ['temporal-system:admin'] }),
  }
  const program = join(ROOT, 'packages/operations/dist/namespaces/main.js')
  const { stdout } = await promisify(execFile)(process.execPath, [program, file], { env }).catch((error: { stdout: string }) => error)
  return stdout
}

test('schedules are made, changed and removed as contracts declare them, and those of others left alone', async () => {
  const contract = `test-${randomUUID()}`
  const handleOf = (name: string) => client.schedule.getHandle(`${contract}.${name}`)
  const [kept, gone, foreign] = [handleOf('kept'), handleOf('gone'), handleOf('foreign')]
  const schedule = (name: string, every: string) => ({
    id: `${contract}.${name}`,
    description: name,
    workflow: 'nothing',
    taskQueue: contract,
    input: {},
    every,
  })
  onTestFinished(async () => void (await Promise.allSettled([kept, gone, foreign].map((handle) => handle.delete()))))
  await client.schedule.create({
    scheduleId: `${contract}.foreign`,
    spec: { intervals: [{ every: '7d' }] },
    action: { type: 'startWorkflow', workflowType: 'x', taskQueue: contract },
  })
  const refused = await runJob(contract, [schedule('kept', '7d'), schedule('foreign', '1d')])
  expect(refused).toContain(`the schedule ${contract}.foreign was not made for the contract`)
  await expect(kept.describe()).rejects.toThrow('not found')

  await runJob(contract, [schedule('kept', '7d'), schedule('gone', '7d')])
  await kept.pause('by hand')
  const everyMs = async () => (await kept.describe()).spec.intervals?.[0]?.every
  expect(await everyMs()).toBe(7 * 86_400_000)
  // What was made is listed a moment later, and only what is listed is removed.
  const listed = async () => {
    const ids = new Set<string>()
    for await (const { scheduleId } of client.schedule.list()) if (scheduleId.startsWith(contract)) ids.add(scheduleId)
    return ids.size
  }
  await expect.poll(listed, { timeout: 60_000, interval: 200 }).toBe(3)

  const changed = await runJob(contract, [schedule('kept', '3d')])
  expect(changed).toContain('schedule changed')
  expect(changed).toContain('schedule removed')
  expect(await everyMs()).toBe(3 * 86_400_000)
  expect((await kept.describe()).state).toMatchObject({ paused: true, note: 'by hand' })
  await expect(gone.describe()).rejects.toThrow('not found')
  expect((await foreign.describe()).spec.intervals).toMatchObject([{ every: 7 * 86_400_000 }])
  expect(await runJob(contract, [schedule('kept', '3d')])).not.toMatch(/schedule (made|changed|removed)/)
})

import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DevSession } from '../support/dev-session.ts'
import { api, order, result, start } from '../support/orders.ts'
import { processNamed, usePlatformOf } from '../support/platform.ts'
import { copyProject, edit } from '../support/project-copy.ts'

/** With nothing else to do a restart takes less than 2 s. Machines that test are slower, and have more to do than they can: as much longer. */
const longestRestart = (): number => 6 * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())
const path = (orderId: string) => `/v1/workflows/fulfil-order/${orderId}`
const pidOf = async (name: string) => (await processNamed(name)).pid

let folder: string
let stateRoot: string
let dev: DevSession
const measured: string[] = []

beforeAll(async () => {
  folder = await copyProject()
  stateRoot = await mkdtemp(join(tmpdir(), 'sundial-dev-'))
  usePlatformOf(stateRoot)
  dev = new DevSession(folder, stateRoot)
  await dev.says(/Save a file/)
})
afterAll(async () => {
  await dev.stop()
  console.log(`from a save to a process that is ready: ${measured.join(', ')}`)
  await Promise.all([folder, stateRoot].map((each) => rm(each, { recursive: true })))
})

/** Changes a source, and waits until the process that runs it is another. */
async function change(file: string, [before, after]: readonly [string, string], name: string): Promise<void> {
  await edit(folder, `apps/orders/src/${file}`, (text) => text.replace(before, after))
  const seconds = await dev.restarts(name)
  measured.push(`${file} ${seconds} s`)
  expect(seconds).toBeLessThan(longestRestart())
}

/** An order that waits for a person. */
async function waitingOrder(): Promise<string> {
  const input = order({ lines: [{ sku: 'armillary-sphere', quantity: 2 }] })
  await start(input)
  await expect.poll(async () => (await api('GET', `${path(input.orderId)}/queries/status`)).body.result?.step, { timeout: 30_000 }).toBe('waiting-for-approval')
  return input.orderId
}

const approve = (orderId: string) => api('POST', `${path(orderId)}/signals/approve`, { body: { by: 'ada' } })

test('an order that runs goes on when an activity is changed, and gets what is new', async () => {
  const orderId = await waitingOrder()
  await change('activities/shipment.ts', ["'SD' ||", "'NEW' ||"], 'orders-worker')
  await approve(orderId)
  expect(await result(orderId)).toMatchObject({ status: 200, body: { result: { approvedBy: 'ada', trackingNumber: expect.stringMatching(/^NEW\d+$/) } } })
})

test('a change of the API is served, and the worker is left alone', async () => {
  const worker = await pidOf('orders-worker')
  await change('api.ts', ['{ contract: orders }', "{ contract: orders, title: 'Orders of today' }"], 'orders-api')
  expect((await api('GET', '/openapi.json', { token: null })).body.info.title).toBe('Orders of today')
  expect(await pidOf('orders-worker')).toBe(worker)
})

test('a type error is shown with its place, and what runs goes on until it is mended', async () => {
  const file = 'apps/orders/src/activities/shipment.ts'
  const before = [await pidOf('orders-worker'), await pidOf('orders-api')]
  await edit(folder, file, (text) => `${text}export const wrong: number = 'text'\n`)
  await dev.says(
    /✗ an error; what runs goes on\n {2}apps\/orders\/src\/activities\/shipment\.ts:\d+:14 TS2322\n {4}Type 'string' is not assignable to type 'number'\./,
  )
  const input = order()
  await start(input)
  expect((await result(input.orderId)).status).toBe(200)
  await edit(folder, file, (text) => text.replace("export const wrong: number = 'text'\n", ''))
  await dev.says(/✓ fixed, built in [\d.]+ s; nothing that runs has changed/)
  expect([await pidOf('orders-worker'), await pidOf('orders-api')]).toEqual(before)
})

test('a change that a running order cannot go on with is explained, and undone it goes on', async () => {
  const orderId = await waitingOrder()
  const swap = [
    'await steps.reserve(claim)\n    const chargeId = await steps.charge(claim)',
    'const chargeId = await steps.charge(claim)\n    await steps.reserve(claim)',
  ] as const
  await change('workflows/fulfil-order.ts', swap, 'orders-worker')
  await approve(orderId)
  await dev.says(new RegExp(`✗ fulfil-order ${orderId} cannot go on with the changed code\\n.*[^]*undo the change`))
  await change('workflows/fulfil-order.ts', [swap[1], swap[0]], 'orders-worker')
  expect(await result(orderId)).toMatchObject({ status: 200, body: { result: { approvedBy: 'ada' } } })
})

test('a change of what the platform is made of says that it must be started again', async () => {
  await edit(folder, 'apps/orders/src/contract.ts', (text) => text.replace("OrderAmount: 'int'", "OrderAmount: 'int', OrderCountry: 'keyword'"))
  const [, parts] = await dev.says(/the configuration gives another platform now: (.*)/)
  expect(parts).toBe('temporal-namespaces')
})

test('Ctrl-C stops everything', async () => {
  expect(await dev.stop()).toBe(0)
})

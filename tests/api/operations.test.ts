import { randomUUID } from 'node:crypto'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Answer, api, charges, order, result, start } from '../support/orders.ts'
import { signToken } from '../support/signed-tokens.ts'

const SCOPES = 'orders:read orders:write orders:approve orders:admin'
let token: string
beforeAll(async () => void (token = await signToken({ audience: 'orders-api', scope: SCOPES, lifetimeSeconds: 900 })))

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  api(method, path, { token, headers, ...(body !== undefined && { body }) })
const path = (workflowId: string) => `/v1/workflows/fulfil-order/${workflowId}`
/** Above the approval limit. */
const large = { lines: [{ sku: 'armillary-sphere', quantity: 2 }] }

test('a workflow that has ended goes back: another run does it again, once for a key, and nobody pays twice', async () => {
  const input = order()
  const { body: first } = await start(input)
  const { body: before } = await result(input.orderId)
  expect(await api('POST', `${path(input.orderId)}/reset`, { body: { to: 'first' } })).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining('orders:admin') },
  })
  expect(await call('POST', `${path(input.orderId)}/reset`, { to: 100_000, reason: 'no such point' })).toMatchObject({
    status: 400,
    body: { type: 'urn:sundial:problem:invalid-argument' },
  })

  const reset = () => call('POST', `${path(input.orderId)}/reset`, { to: 'first', reason: 'a fault was repaired' }, { 'idempotency-key': 'back' })
  const { status, headers, body } = await reset()
  expect({ status, location: headers.get('location') }).toEqual({ status: 200, location: path(input.orderId) })
  expect(body.runId).not.toBe(first.runId)
  expect((await reset()).body).toEqual(body)
  const after = await result(input.orderId)
  expect(after.body).toMatchObject({ runId: body.runId, result: before.result })
  expect(await charges(input.orderId)).toMatchObject([{ outcome: 'approved', refunded: false }])
  // What the first run did is still to be read.
  expect((await call('GET', `${path(input.orderId)}/result?run=${first.runId}`)).body).toMatchObject({ runId: first.runId, result: before.result })
})

test('a signal starts the workflow that it is for, and a repetition finds it, also when it has ended', async () => {
  const input = order(large)
  const signal = (key: string) =>
    call('POST', `${path(input.orderId)}/signal-with-start/approve`, { start: input, signal: { by: 'ada' } }, { 'idempotency-key': key })
  const sent = await signal('one')
  expect(sent).toMatchObject({ status: 202, body: { workflowId: input.orderId } })
  expect(await result(input.orderId)).toMatchObject({ status: 200, body: { runId: sent.body.runId, result: { approvedBy: 'ada' } } })
  expect((await signal('one')).body).toEqual(sent.body)
  // Another request would start it again, and an order that was fulfilled is not.
  const refused = { status: 409, body: { type: 'urn:sundial:problem:already-started' } }
  expect(await signal('two')).toMatchObject(refused)
  expect(await call('POST', `${path(input.orderId)}/update-with-start/await-acceptance`, { start: input, update: {} })).toMatchObject(refused)
})

test('an update starts the workflow that it is for: an order is placed and its price known in one request', async () => {
  const input = order(large)
  const update = (key: string) =>
    call('POST', `${path(input.orderId)}/update-with-start/await-acceptance`, { start: input, update: {} }, { 'idempotency-key': key })
  const placed = await update('one')
  onTestFinished(async () => void (await call('POST', `${path(input.orderId)}/cancel`)))
  expect(placed).toMatchObject({ status: 200, body: { status: 'COMPLETED', result: { total: { amount: 129_800, currency: 'EUR' }, needsApproval: true } } })
  expect((await update('one')).body).toEqual(placed.body)
  // It still waits for a person, so another request reaches the same run.
  const again = await update('two')
  expect(again).toMatchObject({ status: 200, body: { runId: placed.body.runId, result: placed.body.result } })
  expect(again.body.updateId).not.toBe(placed.body.updateId)
  const state = await call('GET', `${path(input.orderId)}/updates/await-acceptance/${placed.body.updateId}`)
  expect(state).toMatchObject({ status: 200, body: placed.body })
})

test('an order that is refused says so to who has placed it, in the words of the contract', async () => {
  const input = order({ lines: [{ sku: 'no-such-thing', quantity: 1 }] })
  const refused = { status: 422, body: { error: { name: 'UnknownProduct', data: { sku: 'no-such-thing' } } } }
  expect(await call('POST', `${path(input.orderId)}/update-with-start/await-acceptance`, { start: input, update: {} })).toMatchObject(refused)
  expect(await result(input.orderId)).toMatchObject(refused)
})

test('a message with a start reaches no workflow of another type, and both its parts are checked', async () => {
  const workflowId = `report-${randomUUID()}`
  // Nobody works on it, so it runs until it is ended.
  const input = order(large)
  await start(input)
  onTestFinished(async () => void (await call('POST', `${path(input.orderId)}/cancel`)))
  const wrong = { start: { ...order(), lines: [] }, signal: {} }
  const { status, body } = await call('POST', `${path(workflowId)}/signal-with-start/approve`, wrong)
  expect({ status, pointers: body.errors.map((each: any) => each.pointer).sort() }).toEqual({ status: 422, pointers: ['#/signal/by', '#/start/lines'] })
  expect((await call('GET', path(workflowId))).status).toBe(404)
  expect((await call('GET', `/v1/workflows/daily-report/${input.orderId}`)).status).toBe(404)
})

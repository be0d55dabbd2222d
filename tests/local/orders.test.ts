import { expect, test } from 'vitest'
import { api, charges, order, result, start } from '../support/orders.ts'

const path = (orderId: string) => `/v1/workflows/fulfil-order/${orderId}`
const messages = async (orderId: string): Promise<string[]> => (await statusOf(orderId)).history.map((event: any) => event.message)
/** Above the approval limit. */
const large = { lines: [{ sku: 'armillary-sphere', quantity: 2 }] }

async function statusOf(orderId: string): Promise<any> {
  return (await api('GET', `${path(orderId)}/queries/status`)).body.result
}

/** Asks until the order is at a step. */
async function untilStep(orderId: string, step: string): Promise<void> {
  await expect.poll(async () => (await statusOf(orderId))?.step, { interval: 50, timeout: 30_000 }).toBe(step)
}

test('an order is reserved, charged once, shipped, and found by its status', async () => {
  const input = order()
  const started = await start(input)
  expect(started.status).toBe(201)
  expect(started.headers.get('location')).toContain(input.orderId)
  const { status, body } = await result(input.orderId)
  expect(status).toBe(200)
  expect(body.result).toMatchObject({ orderId: input.orderId, total: { amount: 4900, currency: 'EUR' }, trackingNumber: expect.stringMatching(/^SD\d+$/) })
  expect(await charges(input.orderId)).toMatchObject([{ id: body.result.chargeId, amount: 4900, outcome: 'approved', refunded: false }])
  expect((await statusOf(input.orderId)).step).toBe('completed')
})

test('the same order sent again is the same order', async () => {
  const input = order()
  const first = await start(input, { 'idempotency-key': input.orderId })
  const again = await start(input, { 'idempotency-key': input.orderId })
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.body.runId).toBe(first.body.runId)
  const other = await start({ ...input, lines: [{ sku: 'garden-sundial', quantity: 1 }] }, { 'idempotency-key': input.orderId })
  expect(other).toMatchObject({ status: 422, body: { type: 'urn:sundial:problem:idempotency-mismatch' } })
  expect((await result(input.orderId)).status).toBe(200)
  expect(await charges(input.orderId)).toHaveLength(1)
})

test.each([
  ['4000000000000002', 'card-declined'],
  ['4000000000009995', 'insufficient-funds'],
])('a declined card (%s) ends the order as declared, and nothing is kept', async (cardNumber, reason) => {
  const input = order({ cardNumber })
  await start(input)
  const { status, headers, body } = await result(input.orderId)
  expect(status).toBe(402)
  expect(headers.get('content-type')).toContain('application/problem+json')
  expect(body).toMatchObject({ error: { name: 'CardDeclined', data: { reason } } })
  expect((await messages(input.orderId)).slice(-2)).toEqual(['stock released', 'customer told'])
})

test('a step that fails undoes the steps before it, in reverse order', async () => {
  const input = order({ shippingAddress: { name: 'Grace', street: '1 Navy Yard', postalCode: '20374', city: 'Washington', country: 'US' } })
  await start(input)
  expect(await result(input.orderId)).toMatchObject({ status: 422, body: { error: { name: 'AddressNotServed', data: { country: 'US' } } } })
  expect((await messages(input.orderId)).slice(-6)).toEqual([
    '1 unit reserved',
    expect.stringMatching(/^card charged/),
    'stopped: the carrier does not deliver to US',
    'card refunded',
    'stock released',
    'customer told',
  ])
  expect(await charges(input.orderId)).toMatchObject([{ outcome: 'approved', refunded: true }])
})

test('too little stock refuses the order before the card is asked', async () => {
  const input = order({ lines: [{ sku: 'obelisk', quantity: 1 }] })
  await start(input)
  expect(await result(input.orderId)).toMatchObject({
    status: 409,
    body: { error: { name: 'OutOfStock', data: { sku: 'obelisk', requested: 1, available: 0 } } },
  })
  expect(await charges(input.orderId)).toEqual([])
})

test.each([
  ['4000000000000077', 'slow'],
  ['4000000000000119', 'down for a moment'],
])('a provider that is %s (%s) is asked again, and charges once', async (cardNumber) => {
  const input = order({ cardNumber })
  await start(input)
  expect((await result(input.orderId)).status).toBe(200)
  expect(await charges(input.orderId)).toMatchObject([{ outcome: 'approved', refunded: false }])
})

test('a large order waits for a person: approved it ships, rejected it is undone', async () => {
  const [approved, rejected] = [order(large), order(large)]
  await Promise.all([start(approved), start(rejected)])
  await Promise.all([untilStep(approved.orderId, 'waiting-for-approval'), untilStep(rejected.orderId, 'waiting-for-approval')])
  const signal = (input: { orderId: string }, name: string, body: object) => api('POST', `${path(input.orderId)}/signals/${name}`, { body })
  expect((await signal(approved, 'approve', { by: 'ada' })).status).toBe(202)
  expect((await signal(rejected, 'reject', { by: 'ada', reason: 'too much' })).status).toBe(202)
  expect(await result(approved.orderId)).toMatchObject({ status: 200, body: { result: { approvedBy: 'ada' } } })
  expect(await result(rejected.orderId)).toMatchObject({ status: 409, body: { error: { name: 'ApprovalRejected', data: { by: 'ada', reason: 'too much' } } } })
  expect(await charges(rejected.orderId)).toMatchObject([{ refunded: true }])
})

test('a large order that nobody decides about in time is undone', async () => {
  const input = order(large)
  await start(input)
  expect(await result(input.orderId)).toMatchObject({ status: 409, body: { error: { name: 'ApprovalExpired', data: { deadline: expect.any(String) } } } })
  expect(await charges(input.orderId)).toMatchObject([{ refunded: true }])
})

test('a cancelled order is undone', async () => {
  const input = order(large)
  await start(input)
  await untilStep(input.orderId, 'waiting-for-approval')
  expect((await api('POST', `${path(input.orderId)}/cancel`)).status).toBe(202)
  expect((await result(input.orderId)).status).toBeGreaterThanOrEqual(400)
  expect(await charges(input.orderId)).toMatchObject([{ refunded: true }])
})

test('an invalid order is answered with a problem that names the fields', async () => {
  const { status, headers, body } = await start({ ...order(), lines: [{ sku: 'Not A Sku', quantity: 0 }], customer: { id: 'x', email: 'nobody' } })
  expect(status).toBe(422)
  expect(headers.get('content-type')).toContain('application/problem+json')
  expect(body).toMatchObject({ type: 'urn:sundial:problem:validation', status: 422 })
  expect(body.errors.map((error: any) => error.pointer).sort()).toEqual(['#/customer/email', '#/lines/0/quantity', '#/lines/0/sku'])
})

test('orders are listed by status, page by page', async () => {
  const inputs = [order(), order(), order()]
  await Promise.all(inputs.map((input) => start(input)))
  await Promise.all(inputs.map((input) => result(input.orderId)))
  const first = await api('GET', '/v1/workflows?status=COMPLETED&limit=2')
  expect(first.status).toBe(200)
  expect(first.body.items.map((item: any) => item.status)).toEqual(['COMPLETED', 'COMPLETED'])
  const second = await api('GET', `/v1/workflows?status=COMPLETED&limit=2&cursor=${encodeURIComponent(first.body.nextCursor)}`)
  expect(second.body.items.length).toBeGreaterThan(0)
  expect(second.body.items.map((item: any) => item.workflowId)).not.toContain(first.body.items[0].workflowId)
  expect((await api('GET', '/v1/workflows?cursor=forged')).status).toBe(400)
})

test('the API describes itself', async () => {
  const { status, body } = await api('GET', '/openapi.json', { token: null })
  expect(status).toBe(200)
  expect(body.openapi).toMatch(/^3\.1/)
  expect(body.paths['/v1/workflows/fulfil-order'].post.operationId).toBe('startFulfilOrder')
})

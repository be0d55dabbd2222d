import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { accept, activityContext, newOrderId } from '../testing/fixture.ts'
import { withOrdersDatabase } from '../testing/with-postgresql.ts'
import { acceptOrder } from './accept-order.ts'

let pool: Pool
withOrdersDatabase((started) => (pool = started))

const policy = { limit: 50_000, deadlineMs: 3_600_000 }
const customer = { id: 'ada', email: 'ada@example.com' }
const order = (lines = [{ sku: 'pocket-sundial', quantity: 1 }]) => ({ orderId: newOrderId(), customer, lines, workflowId: 'w' })

test('prices an order from the catalogue, lines of one product together', async () => {
  const lines = [
    { sku: 'pocket-sundial', quantity: 1 },
    { sku: 'garden-sundial', quantity: 1 },
    { sku: 'pocket-sundial', quantity: 2 },
  ]
  expect(await acceptOrder(pool, policy)(order(lines), activityContext('acceptOrder'))).toMatchObject({
    claim: { attempt: 1 },
    total: { amount: 33_600, currency: 'EUR' },
  })
})

test('asks for approval above the limit, not at it', async () => {
  const at = await acceptOrder(pool, { ...policy, limit: 4900 })(order(), activityContext('acceptOrder'))
  const above = await acceptOrder(pool, { ...policy, limit: 4899 })(order(), activityContext('acceptOrder'))
  expect([at.approval, above.approval]).toEqual([
    { required: false, deadlineMs: 3_600_000 },
    { required: true, deadlineMs: 3_600_000 },
  ])
})

test('the same order again is the same attempt at the same price, also after prices changed', async () => {
  await pool.query("insert into products (sku, name, price, stock) values ('changing', 'Changing', 100, 9)")
  const input = order([{ sku: 'changing', quantity: 3 }])
  const results = [await acceptOrder(pool, policy)(input, activityContext('acceptOrder'))]
  await pool.query("update products set price = 200 where sku = 'changing'")
  results.push(await acceptOrder(pool, policy)(input, activityContext('acceptOrder')))
  expect(results.map(({ claim, total }) => [claim.attempt, total.amount])).toEqual([
    [1, 300],
    [1, 300],
  ])
})

test('an attempt that is open keeps its price, so a customer who agreed to another one is told', async () => {
  await pool.query("insert into products (sku, name, price, stock) values ('repriced', 'Repriced', 100, 9)")
  const input = order([{ sku: 'repriced', quantity: 1 }])
  const accepted = (amount: number) => acceptOrder(pool, policy)({ ...input, agreedTotal: { amount, currency: 'EUR' } }, activityContext('acceptOrder'))
  expect(await accepted(100)).toMatchObject({ claim: { attempt: 1 }, total: { amount: 100 } })
  await pool.query("update products set price = 200 where sku = 'repriced'")
  await expect(accepted(200)).rejects.toMatchObject({ type: 'PriceChanged', details: [{ agreed: { amount: 200 }, actual: { amount: 100 } }] })
  expect(await accepted(100)).toMatchObject({ claim: { attempt: 1 }, total: { amount: 100 } })
})

test('the same order several times at once is accepted once, and no one fails', async () => {
  // All connections are open and waiting, so that the calls do meet.
  const clients = await Promise.all(Array.from({ length: 10 }, () => pool.connect()))
  for (const client of clients) client.release()
  const input = order()
  const results = await Promise.all(clients.map(() => acceptOrder(pool, policy)(input, activityContext('acceptOrder'))))
  expect(results.map(({ claim }) => claim.attempt)).toEqual(clients.map(() => 1))
})

test('refuses what it does not sell, and a price that the customer did not agree to', async () => {
  await expect(acceptOrder(pool, policy)(order([{ sku: 'moon-dial', quantity: 1 }]), activityContext('acceptOrder'))).rejects.toMatchObject({
    type: 'UnknownProduct',
    nonRetryable: true,
    details: [{ sku: 'moon-dial' }],
  })
  const agreedTotal = { amount: 4899, currency: 'EUR' }
  await expect(acceptOrder(pool, policy)({ ...order(), agreedTotal }, activityContext('acceptOrder'))).rejects.toMatchObject({
    type: 'PriceChanged',
    details: [{ agreed: agreedTotal, actual: { amount: 4900, currency: 'EUR' } }],
  })
})

test('an order id belongs to one workflow, one customer and one content', async () => {
  const { orderId } = await accept(pool)
  const other = { type: 'OrderConflict', details: [{ orderId, reason: 'other-order' }] }
  await expect(accept(pool, { orderId, workflowId: 'another' })).rejects.toMatchObject(other)
  await expect(accept(pool, { orderId, customerId: 'bob' })).rejects.toMatchObject(other)
  await expect(accept(pool, { orderId, lines: [{ sku: 'pocket-sundial', quantity: 3 }] })).rejects.toMatchObject(other)
  expect(await accept(pool, { orderId })).toEqual({ orderId, attempt: 1 })
})

const states = ['reservation', 'payment', 'shipment'] as const
type States = readonly [reservation: string | null, payment: string | null, shipment: string | null]

async function write(orderId: string, values: States): Promise<void> {
  const [reservation, payment, shipment] = values
  if (reservation) await pool.query('insert into reservations (order_id, attempt, state) values ($1, 1, $2)', [orderId, reservation])
  if (payment) {
    await pool.query('insert into payments (order_id, attempt, state, idempotency_key, charge_id, decline_reason) values ($1, 1, $2, $1, $3, $4)', [
      orderId,
      payment,
      ['charged', 'refunded'].includes(payment) ? `ch_${orderId}` : null,
      payment === 'declined' ? 'card-declined' : null,
    ])
  }
  if (shipment) await pool.query("insert into shipments (order_id, attempt, state, tracking_number, address) values ($1, 1, $2, $1, '{}')", [orderId, shipment])
}

test.each<[States, number]>([
  [[null, null, null], 1],
  [['held', null, null], 1],
  [['held', 'pending', null], 1],
  [['held', 'charged', 'booked'], 1],
  [['released', null, null], 2],
  [['released', 'void', null], 2],
  [['released', 'declined', null], 2],
  [['released', 'refunded', 'cancelled'], 2],
])(`a new run of an order whose ${states.join(', ')} are %j is attempt %i`, async (values, attempt) => {
  const { orderId } = await accept(pool)
  await write(orderId, values)
  expect(await accept(pool, { orderId })).toEqual({ orderId, attempt })
})

test.each<{ values: States }>([
  { values: ['held', 'refunded', null] },
  { values: ['held', 'declined', null] },
  { values: ['released', 'charged', 'cancelled'] },
  { values: ['released', 'pending', null] },
  { values: ['released', 'refunded', 'booked'] },
])(`an order whose ${states.join(', ')} are $values needs a person first`, async ({ values }) => {
  const { orderId } = await accept(pool)
  await write(orderId, values)
  await expect(accept(pool, { orderId })).rejects.toMatchObject({ type: 'OrderConflict', details: [{ reason: 'not-undone' }] })
})

import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { accept, activityContext } from '../testing/fixture.ts'
import { withOrdersDatabase } from '../testing/with-postgresql.ts'
import { summariseDay } from './summarise-day.ts'

let pool: Pool
withOrdersDatabase((started) => (pool = started))

const summary = (day: string) => summariseDay(pool)({ day }, activityContext('summariseDay'))

/** An order of two pocket sundials that was accepted at a time, and what became of it. */
async function orderAt(time: string, { payment, shipped = false }: { payment?: 'charged' | 'declined' | 'refunded'; shipped?: boolean } = {}): Promise<void> {
  const { orderId, attempt } = await accept(pool)
  const key = [orderId, attempt]
  await pool.query('update order_attempts set accepted_at = $3 where order_id = $1 and attempt = $2', [...key, time])
  if (payment !== undefined) {
    const [charge, reason] = payment === 'declined' ? [null, 'card-declined'] : [`ch-${orderId}`, null]
    await pool.query('insert into payments (order_id, attempt, state, idempotency_key, charge_id, decline_reason) values ($1, $2, $3, $4, $5, $6)', [
      ...key,
      payment,
      `key-${orderId}`,
      charge,
      reason,
    ])
  }
  if (shipped)
    await pool.query(`insert into shipments (order_id, attempt, state, tracking_number, address) values ($1, $2, 'booked', $3, '{}')`, [
      ...key,
      `SD-${orderId}`,
    ])
}

test('sums the orders of a day of UTC, whatever the time zone of the session', async () => {
  await pool.query(`alter database orders set timezone to 'Pacific/Auckland'`)
  await orderAt('2026-03-04T23:59:59.999Z', { payment: 'charged', shipped: true })
  await orderAt('2026-03-05T00:00:00Z', { payment: 'charged', shipped: true })
  await orderAt('2026-03-05T12:00:00Z', { payment: 'charged' })
  await orderAt('2026-03-05T13:00:00Z', { payment: 'declined' })
  await orderAt('2026-03-05T14:00:00Z', { payment: 'refunded' })
  await orderAt('2026-03-05T23:59:59.999Z')
  await orderAt('2026-03-06T00:00:00Z', { payment: 'charged' })
  expect(await summary('2026-03-05')).toEqual({
    day: '2026-03-05',
    accepted: 5,
    shipped: 1,
    declined: 1,
    revenue: { amount: 2 * 9800, currency: 'EUR' },
  })
})

test('a day without orders is a report too', async () => {
  expect(await summary('2020-01-01')).toEqual({ day: '2020-01-01', accepted: 0, shipped: 0, declined: 0, revenue: { amount: 0, currency: 'EUR' } })
})

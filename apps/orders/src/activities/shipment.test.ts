import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { accept, activityContext } from '../testing/fixture.ts'
import { withOrdersDatabase } from '../testing/with-postgresql.ts'
import { notifyCustomer } from './notify-customer.ts'
import { cancelShipment, createShipment } from './shipment.ts'

let pool: Pool
withOrdersDatabase((started) => (pool = started))

const address = { name: 'Ada', street: 'Street 1', postalCode: '1000', city: 'Town', country: 'DE' }
const ship = (claim: { orderId: string; attempt: number }, country = 'DE') =>
  createShipment(pool)({ claim, address: { ...address, country } }, activityContext('createShipment'))
const cancel = (claim: { orderId: string; attempt: number }) => cancelShipment(pool)({ claim }, activityContext('cancelShipment'))

test('books one parcel, however often and however many at once', async () => {
  const claim = await accept(pool)
  const results = await Promise.all([1, 2, 3, 4].map(() => ship(claim)))
  results.push(await ship(claim))
  expect(new Set(results.map(({ trackingNumber }) => trackingNumber)).size).toBe(1)
  expect(results[0]?.trackingNumber).toMatch(/^SD\d{10}$/)
  expect((await ship(await accept(pool))).trackingNumber).not.toBe(results[0]?.trackingNumber)
})

test('refuses an address that is not served, and books nothing', async () => {
  const claim = await accept(pool)
  await expect(ship(claim, 'AQ')).rejects.toMatchObject({ type: 'AddressNotServed', nonRetryable: true, details: [{ country: 'AQ' }] })
  expect(await cancel(claim)).toEqual({ cancelled: false })
})

test('calls a parcel back once', async () => {
  const claim = await accept(pool)
  await ship(claim)
  expect(await cancel(claim)).toEqual({ cancelled: true })
  expect(await cancel(claim)).toEqual({ cancelled: false })
})

test('a booking that comes after its cancellation books nothing', async () => {
  const claim = await accept(pool)
  await cancel(claim)
  await expect(ship(claim)).rejects.toMatchObject({ type: 'Superseded', nonRetryable: true })
})

test('leaves one message of a kind in the outbox', async () => {
  const claim = await accept(pool)
  const notify = (kind: 'shipped' | 'not-fulfilled') =>
    notifyCustomer(pool)({ claim, email: 'ada@example.com', kind, message: 'Hello.' }, activityContext('notifyCustomer'))
  const results = await Promise.all([notify('shipped'), notify('shipped'), notify('shipped')])
  expect(new Set(results.map(({ messageId }) => messageId)).size).toBe(1)
  expect((await notify('not-fulfilled')).messageId).not.toBe(results[0]?.messageId)
  const { rows } = await pool.query('select kind, recipient, message, sent_at from outbox where order_id = $1 order by kind desc', [claim.orderId])
  expect(rows).toEqual([
    { kind: 'shipped', recipient: 'ada@example.com', message: 'Hello.', sent_at: null },
    { kind: 'not-fulfilled', recipient: 'ada@example.com', message: 'Hello.', sent_at: null },
  ])
})

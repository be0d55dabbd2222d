import type { Pool } from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { accept, activityContext } from '../testing/fixture.ts'
import { withOrdersDatabase } from '../testing/with-postgresql.ts'
import { releaseStock, reserveStock } from './stock.ts'

let pool: Pool
withOrdersDatabase((started) => (pool = started))
beforeEach(async () => {
  await pool.query("update products set stock = 5 where sku in ('shadow-clock', 'garden-sundial')")
})

const reserve = (claim: { orderId: string; attempt: number }) => reserveStock(pool)({ claim }, activityContext('reserveStock'))
const release = (claim: { orderId: string; attempt: number }) => releaseStock(pool)({ claim }, activityContext('releaseStock'))
const clocks = (quantity: number) => ({ lines: [{ sku: 'shadow-clock', quantity }] })

async function stock(sku = 'shadow-clock'): Promise<number | undefined> {
  const { rows } = await pool.query<{ stock: number }>('select stock from products where sku = $1', [sku])
  return rows[0]?.stock
}

test('takes the stock once, however often and however many at once', async () => {
  const claim = await accept(pool, clocks(2))
  expect(await Promise.all([1, 2, 3, 4].map(() => reserve(claim)))).toEqual([1, 2, 3, 4].map(() => ({ units: 2 })))
  expect(await reserve(claim)).toEqual({ units: 2 })
  expect(await stock()).toBe(3)
})

test('takes all lines or none', async () => {
  const claim = await accept(pool, {
    lines: [
      { sku: 'garden-sundial', quantity: 1 },
      { sku: 'shadow-clock', quantity: 6 },
    ],
  })
  await expect(reserve(claim)).rejects.toMatchObject({ type: 'OutOfStock', nonRetryable: true, details: [{ sku: 'shadow-clock', requested: 6, available: 5 }] })
  expect([await stock('garden-sundial'), await stock()]).toEqual([5, 5])
})

test('the last unit is sold once', async () => {
  const claims = await Promise.all([1, 2, 3, 4].map(() => accept(pool, clocks(2))))
  const results = await Promise.allSettled(claims.map(reserve))
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
  expect(await stock()).toBe(1)
})

test('gives the stock back once', async () => {
  const claim = await accept(pool, clocks(2))
  await reserve(claim)
  const results = await Promise.all([release(claim), release(claim)])
  expect(results.filter(({ released }) => released)).toHaveLength(1)
  expect(await release(claim)).toEqual({ released: false })
  expect(await stock()).toBe(5)
})

test('a reservation that comes after its release takes nothing', async () => {
  const claim = await accept(pool, clocks(2))
  expect(await release(claim)).toEqual({ released: false })
  await expect(reserve(claim)).rejects.toMatchObject({ type: 'Superseded', nonRetryable: true })
  expect(await stock()).toBe(5)
})

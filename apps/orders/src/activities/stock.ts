import type { ClientBase, Pool } from 'pg'
import type { OrderLine } from '../contract.ts'
import type { Claim } from '../contract/activities.ts'
import { transaction } from '../database/transaction.ts'
import type { Implementation } from './implementation.ts'
import { superseded } from './superseded.ts'

/** All lines or none, once. */
export function reserveStock(pool: Pool): Implementation<'reserveStock'> {
  return ({ claim }, context) =>
    transaction(pool, async (client) => {
      const lines = await linesOf(client, claim)
      const units = lines.reduce((sum, { quantity }) => sum + quantity, 0)
      if (!(await insertReservation(client, claim, 'held'))) {
        const { rows } = await client.query<{ state: string }>('select state from reservations where order_id = $1 and attempt = $2', [
          claim.orderId,
          claim.attempt,
        ])
        if (rows[0]?.state !== 'held') throw superseded('the reservation', claim)
        return { units }
      }
      for (const { sku, quantity } of lines) {
        const taken = await client.query('update products set stock = stock - $2 where sku = $1 and stock >= $2', [sku, quantity])
        if (taken.rowCount === 1) continue
        const { rows } = await client.query<{ stock: number }>('select stock from products where sku = $1', [sku])
        const available = rows[0]?.stock ?? 0
        throw context.error('OutOfStock', { sku, requested: quantity, available }, `${quantity} of ${sku} were ordered and ${available} are left`)
      }
      return { units }
    })
}

export function releaseStock(pool: Pool): Implementation<'releaseStock'> {
  return ({ claim }) =>
    transaction(pool, async (client) => {
      if (await insertReservation(client, claim, 'released')) return { released: false }
      const { rowCount } = await client.query(
        "update reservations set state = 'released', changed_at = now() where order_id = $1 and attempt = $2 and state = 'held'",
        [claim.orderId, claim.attempt],
      )
      if (rowCount !== 1) return { released: false }
      for (const { sku, quantity } of await linesOf(client, claim)) await client.query('update products set stock = stock + $2 where sku = $1', [sku, quantity])
      return { released: true }
    })
}

/** Says whether the row is new. Waits for a concurrent attempt that writes it. */
async function insertReservation(client: ClientBase, claim: Claim, state: 'held' | 'released'): Promise<boolean> {
  const { rowCount } = await client.query('insert into reservations (order_id, attempt, state) values ($1, $2, $3) on conflict do nothing', [
    claim.orderId,
    claim.attempt,
    state,
  ])
  return rowCount === 1
}

async function linesOf(client: ClientBase, claim: Claim): Promise<OrderLine[]> {
  const { rows } = await client.query<{ lines: OrderLine[] }>('select lines from order_attempts where order_id = $1 and attempt = $2', [
    claim.orderId,
    claim.attempt,
  ])
  if (!rows[0]) throw new Error(`order ${claim.orderId} has no attempt ${claim.attempt}`)
  return rows[0].lines
}

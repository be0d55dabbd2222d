import type { Pool } from 'pg'
import type { Implementation } from './implementation.ts'

/** One message of a kind for each attempt at an order. */
export function notifyCustomer(pool: Pool): Implementation<'notifyCustomer'> {
  return async ({ claim, email, kind, message }) => {
    const id = [claim.orderId, claim.attempt, kind]
    await pool.query('insert into outbox (order_id, attempt, kind, recipient, message) values ($1, $2, $3, $4, $5) on conflict do nothing', [
      ...id,
      email,
      message,
    ])
    const { rows } = await pool.query<{ id: string }>('select id from outbox where order_id = $1 and attempt = $2 and kind = $3', id)
    if (!rows[0]) throw new Error(`order ${claim.orderId} has no message "${kind}"`)
    return { messageId: rows[0].id }
  }
}

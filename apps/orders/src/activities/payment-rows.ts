import type { Pool } from 'pg'
import type { Claim } from '../contract/activities.ts'

export type PaymentState = 'pending' | 'charged' | 'declined' | 'refunded' | 'void'

/** What we know about a payment. `pending`: the provider was asked, or was about to be, and we do not know what it did. */
export interface Payment {
  readonly state: PaymentState
  /** Stable for the claim: every attempt of every run sends the same. */
  readonly key: string
  readonly chargeId: string | null
  readonly declineReason: 'card-declined' | 'insufficient-funds' | null
  readonly amount: number
  readonly currency: string
}

/** Writes the payment's row unless there is one, and reads it. It is committed on return, whatever the caller does next. */
export async function openPayment(pool: Pool, claim: Claim, state: 'pending' | 'void'): Promise<Payment> {
  const id = [claim.orderId, claim.attempt]
  await pool.query('insert into payments (order_id, attempt, state, idempotency_key) values ($1, $2, $3, $4) on conflict do nothing', [
    ...id,
    state,
    chargeKey(claim),
  ])
  const { rows } = await pool.query<Omit<Payment, 'amount'> & { amount: string }>(
    `select p.state, p.idempotency_key as key, p.charge_id as "chargeId", p.decline_reason as "declineReason", a.total as amount, a.currency
     from payments p join order_attempts a using (order_id, attempt) where order_id = $1 and attempt = $2`,
    id,
  )
  const row = rows[0]
  if (!row) throw new Error(`order ${claim.orderId} has no payment of attempt ${claim.attempt}`)
  return { ...row, amount: Number(row.amount) }
}

export interface PaymentChange {
  readonly from: readonly PaymentState[]
  readonly to: PaymentState
  readonly chargeId?: string | undefined
  readonly declineReason?: string
}

/** Moves the payment on. Says whether it was in one of the states `from`. */
export async function changePayment(pool: Pool, claim: Claim, { from, to, chargeId, declineReason }: PaymentChange): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update payments set state = $4, charge_id = coalesce($5, charge_id), decline_reason = $6, changed_at = now()
     where order_id = $1 and attempt = $2 and state = any ($3)`,
    [claim.orderId, claim.attempt, from, to, chargeId ?? null, declineReason ?? null],
  )
  return rowCount === 1
}

function chargeKey({ orderId, attempt }: Claim): string {
  return `orders.${orderId}.${attempt}.charge`
}

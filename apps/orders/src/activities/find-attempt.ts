import { isDeepStrictEqual } from 'node:util'
import type { ClientBase } from 'pg'
import type { Money, OrderLine } from '../contract.ts'

export interface OrderIdentity {
  readonly orderId: string
  readonly workflowId: string
  readonly customerId: string
  /** As `mergeLines` gives them. */
  readonly lines: readonly OrderLine[]
}

export type FoundAttempt =
  /** The order's own attempt, of which nothing was undone: go on with it. */
  | { readonly kind: 'open'; readonly attempt: number; readonly total: Money }
  /** There is none, or what the last one did is undone: this is the next. */
  | { readonly kind: 'next'; readonly attempt: number }
  | { readonly kind: 'conflict'; readonly reason: 'other-order' | 'not-undone'; readonly message: string }

/** `undone`: something of the attempt was undone, or refused by the card. `live`: something of it stands, or may stand. */
const LATEST = `
  select a.attempt, a.workflow_id, a.customer_id, a.lines, a.total, a.currency,
    coalesce(r.state = 'released', false) or coalesce(p.state in ('declined', 'refunded', 'void'), false) or coalesce(s.state = 'cancelled', false) as undone,
    coalesce(r.state = 'held', false) or coalesce(p.state in ('pending', 'charged'), false) or coalesce(s.state = 'booked', false) as live
  from order_attempts a
  left join reservations r using (order_id, attempt)
  left join payments p using (order_id, attempt)
  left join shipments s using (order_id, attempt)
  where a.order_id = $1
  order by a.attempt desc
  limit 1`

interface LatestRow {
  attempt: number
  workflow_id: string
  customer_id: string
  lines: OrderLine[]
  total: string
  currency: string
  undone: boolean
  live: boolean
}

/** Which attempt at an order this is. A new one is only begun when nothing of the last one stands, so that nobody pays twice. */
export async function findAttempt(client: ClientBase, order: OrderIdentity): Promise<FoundAttempt> {
  const { rows } = await client.query<LatestRow>(LATEST, [order.orderId])
  const latest = rows[0]
  if (!latest) return { kind: 'next', attempt: 1 }
  if (latest.customer_id !== order.customerId) return { kind: 'conflict', reason: 'other-order', message: 'another customer has an order with this id' }
  if (latest.undone && latest.live)
    return { kind: 'conflict', reason: 'not-undone', message: `attempt ${latest.attempt} failed and was not undone completely; a person must look at it first` }
  if (latest.undone) return { kind: 'next', attempt: latest.attempt + 1 }
  const same = latest.workflow_id === order.workflowId && isDeepStrictEqual(latest.lines, order.lines)
  if (!same) return { kind: 'conflict', reason: 'other-order', message: 'there is another order with this id' }
  return { kind: 'open', attempt: latest.attempt, total: { amount: Number(latest.total), currency: latest.currency } }
}

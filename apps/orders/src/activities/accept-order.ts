import type { ActivityContext } from '@sundial/worker/activity'
import type { ClientBase, Pool } from 'pg'
import type { Money, OrderLine, orders } from '../contract.ts'
import { transaction } from '../database/transaction.ts'
import { findAttempt } from './find-attempt.ts'
import type { Implementation } from './implementation.ts'
import { mergeLines, priceLines } from './price-lines.ts'

/** When a person must approve an order, and until when. The worker's configuration. */
export interface ApprovalPolicy {
  /** In minor units; an order above it needs approval. */
  readonly limit: number
  readonly deadlineMs: number
}

/** Once per attempt at the order: the same order accepted again gets the same attempt, total and therefore keys. */
export function acceptOrder(pool: Pool, policy: ApprovalPolicy): Implementation<'acceptOrder'> {
  return async ({ orderId, customer, workflowId, agreedTotal, ...order }, context) => {
    const lines = mergeLines(order.lines)
    const accepted = await transaction(pool, async (client) => {
      // Two workflows may bring the same order at once; the second must see what the first wrote.
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [orderId])
      const found = await findAttempt(client, { orderId, workflowId, customerId: customer.id, lines })
      if (found.kind === 'conflict') throw context.error('OrderConflict', { orderId, reason: found.reason }, `order ${orderId}: ${found.message}`)
      const total = found.kind === 'open' ? found.total : await priceOf(client, lines, context)
      // An open attempt was priced when it was made: whoever comes back may have been shown another total since.
      if (agreedTotal && !sameMoney(agreedTotal, total)) {
        throw context.error(
          'PriceChanged',
          { agreed: agreedTotal, actual: total },
          `order ${orderId} costs ${total.amount} ${total.currency} (minor units), not ${agreedTotal.amount} ${agreedTotal.currency}`,
        )
      }
      const { attempt } = found
      if (found.kind === 'next') await insertAttempt(client, { orderId, attempt, workflowId, customerId: customer.id, lines, total })
      return { attempt, total }
    })
    return {
      claim: { orderId, attempt: accepted.attempt },
      total: accepted.total,
      approval: { required: accepted.total.amount > policy.limit, deadlineMs: policy.deadlineMs },
    }
  }
}

async function priceOf(client: ClientBase, lines: readonly OrderLine[], context: ActivityContext<typeof orders, 'acceptOrder'>): Promise<Money> {
  const priced = await priceLines(client, lines)
  if (priced.kind === 'unknown') throw context.error('UnknownProduct', { sku: priced.sku }, `there is no product ${priced.sku}`)
  return priced.total
}

interface NewAttempt {
  readonly orderId: string
  readonly attempt: number
  readonly workflowId: string
  readonly customerId: string
  readonly lines: readonly OrderLine[]
  readonly total: Money
}

async function insertAttempt(client: ClientBase, { orderId, attempt, workflowId, customerId, lines, total }: NewAttempt): Promise<void> {
  await client.query('insert into order_attempts (order_id, attempt, workflow_id, customer_id, lines, total, currency) values ($1, $2, $3, $4, $5, $6, $7)', [
    orderId,
    attempt,
    workflowId,
    customerId,
    JSON.stringify(lines),
    total.amount,
    total.currency,
  ])
}

function sameMoney(a: Money, b: Money): boolean {
  return a.amount === b.amount && a.currency === b.currency
}

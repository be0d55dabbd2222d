import type { Money, Order, OrderStatus, OrderStep } from '../contract.ts'
import type { Context } from './context.ts'

/** Tells the outside where the order is: the query `status`, and the search attributes. */
export interface Progress {
  /** The order is now at this step. */
  enter(step: OrderStep): void
  /** Something happened at the current step. */
  record(message: string): void
  /** The order has a price. */
  accepted(total: Money, needsApproval: boolean): void
  approval(approval: NonNullable<OrderStatus['approval']>): void
  failed(failure: NonNullable<OrderStatus['failure']>): void
}

export function trackProgress(context: Context, order: Order): Progress {
  let status: OrderStatus = { orderId: order.orderId, step: 'accepting', history: [] }
  context.onQuery('status', () => status)
  context.setSearchAttributes({ OrderStatus: 'accepting', OrderCustomer: order.customer.id })
  return {
    enter(step) {
      status = { ...status, step }
      context.setSearchAttributes({ OrderStatus: step })
    },
    record(message) {
      // In the sandbox the clock is the workflow's: a replay sees the same times.
      status = { ...status, history: [...status.history, { at: new Date().toISOString(), step: status.step, message }] }
    },
    accepted(total, needsApproval) {
      status = { ...status, total, approval: { required: needsApproval } }
      context.setSearchAttributes({ OrderAmount: total.amount })
    },
    approval(approval) {
      status = { ...status, approval }
    },
    failed(failure) {
      status = { ...status, failure }
    },
  }
}

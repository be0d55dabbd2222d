import { declaredErrorOf } from '@sundial/worker/workflow'
import { isCancellation, rootCause } from '@temporalio/workflow'
import type { OrderStatus } from '../contract.ts'

/** What went wrong, for those who run the shop: the declared error, or the innermost cause. */
export function explain(error: unknown): NonNullable<OrderStatus['failure']> {
  if (isCancellation(error)) return { name: 'Cancelled', message: 'the order was cancelled' }
  const declared = declaredErrorOf(error)
  if (declared) return { name: declared.name, message: declared.message }
  return { name: error instanceof Error ? error.name : 'Error', message: rootCause(error) ?? String(error) }
}

/** What went wrong, for the customer. What the contract does not declare is nobody's business outside. */
export function explainToCustomer(error: unknown): string {
  return isCancellation(error) || declaredErrorOf(error) ? explain(error).message : 'something went wrong on our side'
}

import { allHandlersFinished, CancellationScope, condition, isCancellation } from '@temporalio/workflow'
import type { Fulfilment, Order } from '../contract.ts'
import { createAcceptor } from './acceptance.ts'
import { createApprover } from './approval.ts'
import type { Context } from './context.ts'
import { explain, explainToCustomer } from './explain.ts'
import { trackProgress } from './progress.ts'
import { createSteps } from './steps.ts'
import { createUndoList } from './undo.ts'

/**
 * Accepts an order, reserves, charges, lets a person approve it when it is large, ships. Whatever stops it before the parcel is booked,
 * cancellation too, undoes what was done. A booked parcel is the point of no return.
 */
export async function fulfilOrder(context: Context, order: Order): Promise<Fulfilment> {
  const progress = trackProgress(context, order)
  const acceptor = createAcceptor(context)
  const approver = createApprover(context, progress)
  const undo = createUndoList()
  const steps = createSteps({ context, progress, undo, order })
  try {
    progress.record(`received from ${order.customer.id}`)
    const { claim, total, approval } = await acceptor.tell(steps.accept())
    await steps.reserve(claim)
    const chargeId = await steps.charge(claim)
    const approvedBy = approval.required ? await approver.approval(approval.deadlineMs) : undefined
    const trackingNumber = await steps.ship(claim)
    await CancellationScope.nonCancellable(() => steps.tell(claim, trackingNumber))
    progress.enter('completed')
    progress.record('completed')
    return { orderId: order.orderId, total, chargeId, trackingNumber, ...(approvedBy !== undefined && { approvedBy }) }
  } catch (error) {
    const failure = explain(error)
    progress.record(`stopped: ${failure.message}`)
    progress.failed(failure)
    progress.enter('undoing')
    const failed = await undo.run(progress, explainToCustomer(error))
    progress.enter(failed.length > 0 ? 'needs-attention' : isCancellation(error) ? 'cancelled' : 'failed')
    throw error
  } finally {
    // Whoever waits for the acceptance is answered before the workflow ends.
    await CancellationScope.nonCancellable(() => condition(allHandlersFinished))
  }
}

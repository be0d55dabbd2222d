import { ApplicationFailure } from '@temporalio/activity'
import type { Claim } from '../contract/activities.ts'

/** For a late attempt of a step that was undone meanwhile. Nobody waits for its answer any more; it must only not do the work. */
export function superseded(step: string, { orderId, attempt }: Claim): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`${step} of order ${orderId} (attempt ${attempt}) was undone already`, 'Superseded')
}

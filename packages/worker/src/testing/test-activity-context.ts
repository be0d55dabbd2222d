import type { ActivityName, Contract } from '@sundial/contract'
import type { Logger } from '@temporalio/common'
import { DefaultLogger } from '@temporalio/worker'
import { activityErrors } from '../activity/activity-error.ts'
import type { ActivityContext } from '../activity/types.ts'

export interface TestActivityContextOptions {
  /** @default `test-workflow/test-run/1` */
  readonly idempotencyKey?: string
  /** @default 1 */
  readonly attempt?: number
  /** Cancels the activity. @default never aborted */
  readonly signal?: AbortSignal
  /** Hears of every heartbeat. @default nobody */
  readonly onHeartbeat?: (details: unknown) => void
  /** @default writes nothing */
  readonly log?: Logger
}

/**
 * What an activity of the contract gets from the worker, for calling its implementation in a test. Its declared errors are those
 * that the worker would send; input and output are not checked, since there is no worker.
 */
export function testActivityContext<C extends Contract, A extends ActivityName<C>>(
  contract: C,
  name: A,
  options: TestActivityContextOptions = {},
): ActivityContext<C, A> {
  const definition = contract.activities[name]
  if (!definition) throw new TypeError(`contract "${contract.name}" has no activity "${name}"; it has ${Object.keys(contract.activities).join(', ') || 'none'}`)
  const {
    idempotencyKey = 'test-workflow/test-run/1',
    attempt = 1,
    signal = new AbortController().signal,
    onHeartbeat = () => {},
    log = new DefaultLogger('ERROR', () => {}),
  } = options
  const context: ActivityContext<Contract, ActivityName<Contract>> = {
    idempotencyKey,
    attempt,
    signal,
    heartbeat: (details) => onHeartbeat(details),
    log,
    error: activityErrors(name, definition),
  }
  return context as unknown as ActivityContext<C, A>
}

import type { ActivityArgument, ActivityName, ActivityResult, Contract } from '@sundial/contract'
import type { Logger } from '@temporalio/common'
import type { ErrorFactory } from '../workflow/types.ts'

/** One implementation for every activity of the contract. */
export type ActivityImplementations<C extends Contract> = {
  readonly [A in ActivityName<C>]: (input: ActivityArgument<C, A>, context: ActivityContext<C, A>) => Promise<ActivityResult<C, A>>
}

/** What an activity knows of the attempt that it is. */
export interface ActivityContext<C extends Contract, A extends ActivityName<C>> {
  /**
   * The same in every attempt of one call, and of no other call: workflow id, run id and activity id.
   * A reset workflow is a new run, whose calls have new keys; derive a key from the input where that must not matter.
   */
  readonly idempotencyKey: string
  /** From 1. */
  readonly attempt: number
  /** Aborted when the activity is cancelled (it learns that by its heartbeats) or the worker stops. */
  readonly signal: AbortSignal
  /** Says that the attempt still goes on, and keeps details for the next one. */
  heartbeat(details?: unknown): void
  /** Writes to the worker's log, with the ids of the workflow and the activity. */
  readonly log: Logger
  /** A declared error, to throw: it is retried only if its declaration says so. */
  error: ErrorFactory<C['activities'][A]>
}

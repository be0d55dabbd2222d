import type { WorkflowDefinition } from '@sundial/contract'
import type { ApiContext } from '../api-context.ts'
import { readOutput } from '../http/output.ts'
import { workflowFailure } from './failures.ts'
import { longPoll, type Outcome } from './long-poll.ts'
import type { RequestScope } from './request-scope.ts'

/** Milliseconds to read the result of a workflow that is closed. */
export const READ_MS = 10_000

export interface WaitOptions {
  readonly workflowId: string
  readonly runId: string
  readonly definition: WorkflowDefinition
  /** Milliseconds. */
  readonly waitMs: number
  /** Whether it has ended already, so that its result only has to be fetched. */
  readonly closed?: boolean
}

/** Waits for a run, and those that it continues as, to end. Throws the problem of a workflow that ended without a result. */
export async function awaitResult(
  { temporal, stopping }: ApiContext,
  { gone }: Pick<RequestScope, 'gone'>,
  { workflowId, runId, definition, waitMs, closed = false }: WaitOptions,
): Promise<Outcome> {
  const requests = () => temporal.client.workflow.getHandle(workflowId, runId).result() as Promise<unknown>
  try {
    const outcome = await longPoll(temporal, { waitMs, requests, gone, ...(!closed && { stopping }) })
    return outcome.done ? { done: true, result: await readOutput(definition.output, outcome.result) } : outcome
  } catch (error) {
    if (error instanceof Error && error.name === 'WorkflowFailedError') throw await workflowFailure(definition, error)
    throw error
  }
}

import type { UpdateDefinition, WorkflowDefinition } from '@sundial/contract'
import type { WorkflowUpdateHandle } from '@temporalio/client'
import type { ApiContext } from '../api-context.ts'
import { type ApiProblem, problem } from '../http/api-problem.ts'
import { readOutput } from '../http/output.ts'
import { updateFailure } from './failures.ts'
import { longPoll, type Outcome } from './long-poll.ts'
import type { RequestScope } from './request-scope.ts'

/** Milliseconds for a worker to accept an update. */
export const ACCEPT_MS = 10_000

export interface UpdateRequest {
  readonly workflowId: string
  readonly runId: string
  readonly update: string
  readonly input: unknown
  /** Temporal answers a second update with the same one like the first. */
  readonly updateId: string
}

/** Sends an update, and waits until a worker has accepted or refused it; which of the two, its result tells. */
export async function sendUpdate(
  { temporal }: ApiContext,
  { gone }: Pick<RequestScope, 'gone'>,
  { workflowId, runId, update, input, updateId }: UpdateRequest,
): Promise<WorkflowUpdateHandle<unknown>> {
  const handle = temporal.client.workflow.getHandle(workflowId, runId)
  // Also while the API is stopping: a caller that has no answer cannot know whether the update was sent.
  const accepted = await longPoll<WorkflowUpdateHandle<unknown>>(temporal, {
    waitMs: ACCEPT_MS,
    requests: () => handle.startUpdate<unknown, [unknown]>(update, { args: [input], updateId, waitForStage: 'ACCEPTED' }),
    gone,
  })
  if (!accepted.done) throw notAccepted()
  return accepted.result
}

/** The problem of an update that nobody has accepted in time. */
export function notAccepted(): ApiProblem {
  return problem('no-worker', 'no worker of this workflow has accepted the update yet; it may still do so')
}

export interface UpdateWaitOptions {
  readonly handle: WorkflowUpdateHandle<unknown>
  /** Of the workflow: it declares the errors. */
  readonly workflow: WorkflowDefinition
  readonly update: UpdateDefinition
  /** Milliseconds. */
  readonly waitMs: number
}

/** Waits for an update that was accepted. Throws the problem of an update that the workflow refused or failed. */
export async function awaitUpdate(
  { temporal, stopping }: ApiContext,
  { gone }: Pick<RequestScope, 'gone'>,
  { handle, workflow, update, waitMs }: UpdateWaitOptions,
): Promise<Outcome> {
  try {
    const outcome = await longPoll<unknown>(temporal, { waitMs, requests: () => handle.result(), gone, stopping })
    return outcome.done ? { done: true, result: await readOutput(update.output, outcome.result) } : outcome
  } catch (error) {
    if (error instanceof Error && error.name === 'WorkflowUpdateFailedError') throw await updateFailure(workflow, error)
    throw error
  }
}

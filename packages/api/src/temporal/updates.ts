import type { WorkflowDefinition } from '@sundial/contract'
import type { WorkflowUpdateHandle } from '@temporalio/client'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { problem } from '../http/api-problem.ts'
import { updateFailure } from './failures.ts'
import { longPoll, type Outcome } from './long-poll.ts'

/** Milliseconds for a worker to accept an update. */
const ACCEPT_MS = 10_000

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
  api: ApiContext,
  request: FastifyRequest,
  { workflowId, runId, update, input, updateId }: UpdateRequest,
): Promise<WorkflowUpdateHandle<unknown>> {
  const handle = api.temporal.client.workflow.getHandle(workflowId, runId)
  const accepted = await longPoll<WorkflowUpdateHandle<unknown>>(api, request, {
    waitMs: ACCEPT_MS,
    requests: () => handle.startUpdate<unknown, [unknown]>(update, { args: [input], updateId, waitForStage: 'ACCEPTED' }),
  })
  if (!accepted.done) throw problem('no-worker', 'no worker of this workflow has accepted the update yet; it may still do so')
  return accepted.result
}

export interface UpdateWaitOptions {
  readonly handle: WorkflowUpdateHandle<unknown>
  readonly definition: WorkflowDefinition
  /** Milliseconds. */
  readonly waitMs: number
}

/** Waits for an update that was accepted. Throws the problem of an update that the workflow refused or failed. */
export async function awaitUpdate(api: ApiContext, request: FastifyRequest, { handle, definition, waitMs }: UpdateWaitOptions): Promise<Outcome> {
  try {
    return await longPoll<unknown>(api, request, { waitMs, requests: () => handle.result() })
  } catch (error) {
    if (error instanceof Error && error.name === 'WorkflowUpdateFailedError') throw await updateFailure(definition, error)
    throw error
  }
}

import type { WorkflowDefinition } from '@sundial/contract'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { workflowFailure } from './failures.ts'
import { longPoll, type Outcome } from './long-poll.ts'

export interface WaitOptions {
  readonly workflowId: string
  readonly runId: string
  readonly definition: WorkflowDefinition
  /** Milliseconds. */
  readonly waitMs: number
}

/** Waits for a run, and those that it continues as, to end. Throws the problem of a workflow that ended without a result. */
export async function awaitResult(api: ApiContext, request: FastifyRequest, { workflowId, runId, definition, waitMs }: WaitOptions): Promise<Outcome> {
  try {
    return await longPoll<unknown>(api, request, { waitMs, requests: () => api.temporal.client.workflow.getHandle(workflowId, runId).result() })
  } catch (error) {
    if (error instanceof Error && error.name === 'WorkflowFailedError') throw await workflowFailure(definition, error)
    throw error
  }
}

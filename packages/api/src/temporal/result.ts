import type { WorkflowDefinition } from '@sundial/contract'
import { isGrpcCancelledError, isGrpcDeadlineError } from '@temporalio/client'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { workflowFailure } from './failures.ts'

export type Outcome = { readonly done: true; readonly result: unknown } | { readonly done: false }

export interface WaitOptions {
  readonly workflowId: string
  readonly runId: string
  readonly definition: WorkflowDefinition
  /** Milliseconds. */
  readonly waitMs: number
}

/**
 * Waits for a run, and those that it continues as, to end. Not done when that takes longer than the wait, or when the API is
 * stopping: the caller can ask again. Throws the problem of a workflow that ended without a result.
 */
export async function awaitResult({ temporal, stopping }: ApiContext, request: FastifyRequest, { workflowId, runId, definition, waitMs }: WaitOptions): Promise<Outcome> {
  const signal = AbortSignal.any([request.gone, stopping])
  if (signal.aborted) return { done: false }
  try {
    const result: unknown = await temporal.call(() => temporal.client.workflow.getHandle(workflowId, runId).result(), { timeoutMs: waitMs, signal })
    return { done: true, result }
  } catch (error) {
    if (error instanceof Error && error.name === 'WorkflowFailedError') throw await workflowFailure(definition, error)
    if (signal.aborted || isGrpcDeadlineError(error) || isGrpcCancelledError(error)) return { done: false }
    throw error
  }
}

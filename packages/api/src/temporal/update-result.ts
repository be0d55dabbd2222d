import type { WorkflowDefinition } from '@sundial/contract'
import type { WorkflowUpdateHandle } from '@temporalio/client'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { updateFailure } from './failures.ts'
import type { Outcome } from './result.ts'

export interface UpdateWaitOptions {
  readonly handle: WorkflowUpdateHandle<unknown>
  readonly definition: WorkflowDefinition
  /** Milliseconds. */
  readonly waitMs: number
}

/** Waits for an update that was accepted. Not done when that takes longer than the wait, or when the API is stopping. Throws the problem of an update that the workflow refused or failed. */
export async function awaitUpdate({ temporal, stopping }: ApiContext, request: FastifyRequest, { handle, definition, waitMs }: UpdateWaitOptions): Promise<Outcome> {
  const signal = AbortSignal.any([request.gone, stopping])
  if (signal.aborted) return { done: false }
  try {
    return { done: true, result: await temporal.call(() => handle.result(), { timeoutMs: waitMs, signal }) }
  } catch (error) {
    if (error instanceof Error && error.name === 'WorkflowUpdateFailedError') throw await updateFailure(definition, error)
    if (signal.aborted || (error instanceof Error && error.name === 'WorkflowUpdateRPCTimeoutOrCancelledError')) return { done: false }
    throw error
  }
}

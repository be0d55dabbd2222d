import { ApplicationFailure, TemporalFailure } from '@temporalio/common'
import { ContinueAsNew, DeterminismViolationError } from '@temporalio/workflow'
import { declaredError, readDeclaredError } from '../failures/declared-error.ts'
import type { WorkflowManifest } from '../manifest/manifest.ts'

/**
 * What is thrown to Temporal for what user code threw.
 * An error that is not Temporal's would fail the workflow task, which is tried again for ever; here it fails the workflow.
 * A declared error of an activity that the workflow declares too is the workflow's own answer, also when user code threw an error
 * of its own with it as the cause: what `declaredErrorOf` finds in an error is what the caller gets.
 */
export function workflowError(error: unknown, { errors }: Pick<WorkflowManifest, 'errors'>): unknown {
  if (error instanceof ContinueAsNew || error instanceof DeterminismViolationError || error instanceof ApplicationFailure) return error
  const declared = readDeclaredError(error, (name, retryable) => Object.hasOwn(errors, name) && retryable === (errors[name]?.retryable ?? false))
  if (declared) return declaredError(declared, error as Error)
  if (error instanceof TemporalFailure) return error
  return ApplicationFailure.fromError(error, { nonRetryable: true, ...(error instanceof Error && error.cause instanceof Error && { cause: error.cause }) })
}

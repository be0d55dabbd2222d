import { manifest } from '@sundial/worker/manifest'
import { ApplicationFailure, TemporalFailure } from '@temporalio/common'
import { ContinueAsNew, DeterminismViolationError } from '@temporalio/workflow'
import { type DeclaredError, declaredError, readDeclaredError } from '../failures/declared-error.ts'
import type { WorkflowManifest } from '../manifest/manifest.ts'

const declaredNames = new Set([
  ...Object.values(manifest.workflows).flatMap(({ errors }) => Object.keys(errors)),
  ...Object.values(manifest.activities).flatMap(({ errors }) => errors),
])

/** The declared error that an error is, or that made an activity or a child workflow fail; nothing for any other error. */
export function declaredErrorOf(error: unknown): DeclaredError | undefined {
  return readDeclaredError(error, (name) => declaredNames.has(name))
}

/**
 * What is thrown to Temporal for what user code threw.
 * An error that is not Temporal's would fail the workflow task, which is tried again for ever; here it fails the workflow.
 * A declared error of an activity that the workflow declares too is the workflow's own answer.
 */
export function workflowError(error: unknown, definition: WorkflowManifest): unknown {
  if (error instanceof ContinueAsNew || error instanceof DeterminismViolationError || error instanceof ApplicationFailure) return error
  if (error instanceof TemporalFailure) {
    const declared = readDeclaredError(error, (name) => Object.hasOwn(definition.errors, name))
    return declared ? declaredError(declared, error) : error
  }
  return ApplicationFailure.fromError(error, { nonRetryable: true, ...(error instanceof Error && error.cause instanceof Error && { cause: error.cause }) })
}

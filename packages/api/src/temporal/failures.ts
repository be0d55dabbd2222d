import { type ErrorDefinition, validate, type WorkflowDefinition } from '@sundial/contract'
import { ApiProblem, problem, type ProblemExtensions } from '../http/api-problem.ts'
import type { ProblemSlug } from '../http/problems.ts'

/** An error that a contract declares, as a workflow failed with it. */
export interface DeclaredError {
  readonly name: string
  readonly data?: unknown
  readonly message: string
  readonly definition: ErrorDefinition
}

/**
 * The declared error in a failure: the first `ApplicationFailure` under activity and child failures, if its type, its data and
 * whether it is retried are as the contract says. Anything else is an ordinary failure.
 */
export async function declaredError(definition: WorkflowDefinition, failure: unknown): Promise<DeclaredError | undefined> {
  let found = failure
  while (found instanceof Error && (found.name === 'ActivityFailure' || found.name === 'ChildWorkflowFailure')) found = found.cause
  if (!(found instanceof Error) || found.name !== 'ApplicationFailure') return undefined
  const { type, nonRetryable, details } = found as Error & { type?: string; nonRetryable?: boolean; details?: unknown[] }
  if (type === undefined || !Object.hasOwn(definition.errors ?? {}, type)) return undefined
  const declared = definition.errors?.[type] as ErrorDefinition
  if ((nonRetryable !== true) !== (declared.retryable ?? false)) return undefined
  if (!declared.data) return { name: type, message: found.message, definition: declared }
  const data = await validate(declared.data, details?.[0])
  return 'value' in data ? { name: type, data: details?.[0], message: found.message, definition: declared } : undefined
}

/** A workflow's own failure, by the name of the SDK's error that tells of it. */
const ENDINGS: Readonly<Record<string, { slug: ProblemSlug; status: string }>> = {
  CancelledFailure: { slug: 'workflow-cancelled', status: 'CANCELLED' },
  TerminatedFailure: { slug: 'workflow-terminated', status: 'TERMINATED' },
  TimeoutFailure: { slug: 'workflow-timed-out', status: 'TIMED_OUT' },
}

/** The answer for a workflow that ended without a result; `error` is a `WorkflowFailedError` of the SDK. */
export async function workflowFailure(definition: WorkflowDefinition, error: Error): Promise<ApiProblem> {
  const failure = error.cause instanceof Error ? error.cause : error
  const declared = await declaredError(definition, failure)
  if (declared) return declaredProblem(declared, { workflowStatus: 'FAILED' })
  const { slug, status } = ENDINGS[failure.name] ?? { slug: 'workflow-failed' as const, status: 'FAILED' }
  return problem(slug, failure.message, { extensions: { workflowStatus: status } })
}

/** The answer for an update that the workflow refused or failed; `error` is a `WorkflowUpdateFailedError` of the SDK. */
export async function updateFailure(definition: WorkflowDefinition, error: Error): Promise<ApiProblem> {
  const failure = error.cause instanceof Error ? error.cause : error
  const declared = await declaredError(definition, failure)
  return declared ? declaredProblem(declared) : problem('update-rejected', failure.message)
}

/** The status that a declared error answers with when its contract gives none. */
export const DECLARED_STATUS = 422

function declaredProblem({ name, data, message, definition }: DeclaredError, extensions: ProblemExtensions = {}): ApiProblem {
  return new ApiProblem(
    { slug: name, status: definition.httpStatus ?? DECLARED_STATUS, title: definition.description ?? name, retryable: definition.retryable ?? false },
    message,
    {
      extensions: { ...extensions, error: { name, ...(data !== undefined && { data }) } },
    },
  )
}

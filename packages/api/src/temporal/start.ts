import { type Idempotency, toMilliseconds } from '@sundial/contract'
import { WorkflowExecutionAlreadyStartedError, type WorkflowExecutionDescription, WorkflowIdReusePolicy } from '@temporalio/client'
import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common'
import type { ApiContext } from '../api-context.ts'
import { owns, type Tenant } from '../auth/tenant.ts'
import { problem } from '../http/api-problem.ts'
import type { WorkflowView } from '../routes/workflow-view.ts'
import type { RequestScope } from './request-scope.ts'
import { ownedRun } from './runs.ts'
import { fingerprint, type StartIdentity } from './start-identity.ts'
import type { Temporal } from './temporal.ts'
import { upstreamProblem } from './upstream-problem.ts'

/** What a second start with the id of a closed workflow does. */
export const REUSE_POLICIES: Readonly<Record<Idempotency, WorkflowIdReusePolicy>> = {
  'once-per-id': WorkflowIdReusePolicy.REJECT_DUPLICATE,
  'retry-if-failed': WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
  'allow-duplicate': WorkflowIdReusePolicy.ALLOW_DUPLICATE,
}

/** Where a start leaves what a repeated start is compared with. */
export const MEMO_KEY = 'sundial.start'

export interface StartMemo {
  /** Hash of the body. */
  readonly input: string
  /** Hash of the Idempotency-Key and its subject. */
  readonly key?: string
  /** Who started it. Nothing reads it here: it is for people who look at the workflow later. */
  readonly subject: string
}

export interface StartOptions {
  readonly view: WorkflowView
  readonly identity: StartIdentity
  /** Who starts it. */
  readonly subject: string
  /** The body as it came: it is what a repetition repeats. */
  readonly body: unknown
  /** The body as the workflow gets it. */
  readonly input: unknown
}

export interface Started {
  readonly workflowId: string
  readonly runId: string
  /** False when an earlier request had started it. */
  readonly started: boolean
  /** Where it stands now. */
  readonly status: string
}

/**
 * Starts a workflow, or finds that the same request has started it before. Temporal decides: its ids are unique, so no store of
 * ours can disagree with it. (Its policy "use existing" would not say which of the two happened, so an id in use is an error
 * there, and is looked at here.)
 *
 * A repeated Idempotency-Key never starts a second run, whatever the contract allows a second start with the same id. An id that was made from the
 * key is used once. The caller's own id may be used for many runs, so the latest is compared with the key first.
 */
export async function startWorkflow({ temporal, contract }: ApiContext, scope: RequestScope, options: StartOptions): Promise<Started> {
  const { view, identity } = options
  const { workflowId } = identity
  const memo = memoOf(options)
  const { idempotency, executionTimeout } = view.definition
  const reuse = identity.source === 'key' ? WorkflowIdReusePolicy.REJECT_DUPLICATE : REUSE_POLICIES[idempotency]
  scope.execution = { workflowId }
  if (memo.key !== undefined && reuse !== WorkflowIdReusePolicy.REJECT_DUPLICATE) {
    const latest = await describeLatest(temporal, scope, workflowId)
    if (latest !== undefined && memoOfRun(latest)?.key === memo.key) return startedBefore(scope, latest, { view, memo })
  }
  try {
    const handle = await temporal.call(
      () =>
        temporal.client.workflow.start(view.type, {
          workflowId,
          taskQueue: contract.taskQueue,
          args: [options.input],
          workflowIdReusePolicy: reuse,
          workflowIdConflictPolicy: 'FAIL',
          memo: { [MEMO_KEY]: memo },
          ...stampOf(scope.tenant),
          ...(executionTimeout !== undefined && { workflowExecutionTimeout: toMilliseconds(executionTimeout) }),
        }),
      { signal: scope.gone },
    )
    scope.execution = { workflowId, runId: handle.firstExecutionRunId }
    return { workflowId, runId: handle.firstExecutionRunId, started: true, status: 'RUNNING' }
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    const latest = await describeLatest(temporal, scope, workflowId)
    if (latest === undefined) throw error
    return startedBefore(scope, latest, { view, memo })
  }
}

/** The answer of an earlier start, if this one repeats it; throws the problem that tells them apart otherwise. */
function startedBefore(scope: RequestScope, run: WorkflowExecutionDescription, { view, memo }: { view: WorkflowView; memo: StartMemo }): Started {
  const { workflowId, runId } = run
  const earlier = memoOfRun(run)
  // A workflow of another type or tenant is not this caller's to know of, beyond that its id is taken.
  const known = run.type === view.type && owns(scope.tenant, ownedRun(run))
  if (known) scope.execution = { workflowId, runId }
  if (known && earlier?.input === memo.input) return { workflowId, runId, started: false, status: run.status.name }
  if (known && memo.key !== undefined && earlier?.key === memo.key) {
    throw problem('idempotency-mismatch', 'this Idempotency-Key was sent before with another body; use a new key for a new request')
  }
  throw problem('already-started', `the workflow id "${workflowId}" belongs to a workflow that a different request started`)
}

/** The latest run with an id, or nothing. */
export async function describeLatest(temporal: Temporal, { gone }: RequestScope, workflowId: string): Promise<WorkflowExecutionDescription | undefined> {
  try {
    return await temporal.call(() => temporal.client.workflow.getHandle(workflowId).describe(), { signal: gone })
  } catch (error) {
    if (upstreamProblem(error, 'describe')?.slug === 'not-found') return undefined
    throw error
  }
}

/** Marks what a tenant starts as its own. */
export function stampOf(tenant: Tenant | undefined): { typedSearchAttributes?: SearchAttributePair[] } {
  if (tenant?.searchAttribute === undefined) return {}
  return { typedSearchAttributes: [{ key: defineSearchAttributeKey(tenant.searchAttribute, 'KEYWORD'), value: tenant.name }] }
}

/** What a start remembers of its request. */
export function memoOf({ identity: { keyHash }, body, subject }: Pick<StartOptions, 'identity' | 'body' | 'subject'>): StartMemo {
  return { input: fingerprint(body), ...(keyHash !== undefined && { key: keyHash }), subject }
}

/** What the start of a run remembers. */
export function memoOfRun({ memo }: WorkflowExecutionDescription): StartMemo | undefined {
  return memo?.[MEMO_KEY] as StartMemo | undefined
}

import { type Idempotency, toMilliseconds } from '@sundial/contract'
import { WorkflowExecutionAlreadyStartedError, WorkflowIdReusePolicy } from '@temporalio/client'
import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'
import { problem } from '../http/api-problem.ts'
import type { WorkflowView } from '../routes/workflow-view.ts'
import { fingerprint, type StartIdentity } from './start-identity.ts'

/** What a second start with the id of a closed workflow does. */
export const REUSE_POLICIES: Readonly<Record<Idempotency, WorkflowIdReusePolicy>> = {
  'once-per-id': WorkflowIdReusePolicy.REJECT_DUPLICATE,
  'retry-if-failed': WorkflowIdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
  'allow-duplicate': WorkflowIdReusePolicy.ALLOW_DUPLICATE,
}

/** Where a start leaves what a repeated start is compared with. */
const MEMO_KEY = 'sundial.start'

interface StartMemo {
  /** Hash of the body. */
  readonly input: string
  /** Hash of the Idempotency-Key and its subject. */
  readonly key?: string
  /** Who started it. */
  readonly subject: string
}

export interface StartOptions {
  readonly view: WorkflowView
  readonly identity: StartIdentity
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
 */
export async function startWorkflow(api: ApiContext, request: FastifyRequest, options: StartOptions): Promise<Started> {
  const { temporal, contract } = api
  const { view } = options
  const { workflowId, keyHash } = options.identity
  const { idempotency, executionTimeout } = view.definition
  const memo: StartMemo = { input: fingerprint(options.body), ...(keyHash !== undefined && { key: keyHash }), subject: request.caller?.subject ?? '' }
  request.execution = { workflowId }
  try {
    const handle = await temporal.call(
      () =>
        temporal.client.workflow.start(view.type, {
          workflowId,
          taskQueue: contract.taskQueue,
          args: [options.input],
          workflowIdReusePolicy: REUSE_POLICIES[idempotency],
          workflowIdConflictPolicy: 'FAIL',
          memo: { [MEMO_KEY]: memo },
          ...(executionTimeout !== undefined && { workflowExecutionTimeout: toMilliseconds(executionTimeout) }),
        }),
      { signal: request.gone },
    )
    request.execution = { workflowId, runId: handle.firstExecutionRunId }
    return { workflowId, runId: handle.firstExecutionRunId, started: true, status: 'RUNNING' }
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
    return await findStarted(api, request, { view, memo, workflowId })
  }
}

async function findStarted(
  { temporal }: ApiContext,
  request: FastifyRequest,
  { view, memo, workflowId }: { view: WorkflowView; memo: StartMemo; workflowId: string },
): Promise<Started> {
  const run = await temporal.call(() => temporal.client.workflow.getHandle(workflowId).describe(), { signal: request.gone })
  const earlier = run.memo?.[MEMO_KEY] as StartMemo | undefined
  request.execution = { workflowId, runId: run.runId }
  if (run.type === view.type && earlier?.input === memo.input) return { workflowId, runId: run.runId, started: false, status: run.status.name }
  if (memo.key !== undefined && earlier?.key === memo.key) {
    throw problem('idempotency-mismatch', 'this Idempotency-Key was sent before with another body; use a new key for a new request')
  }
  throw problem('already-started', `the workflow id "${workflowId}" belongs to a workflow that a different request started`)
}

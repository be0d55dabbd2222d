import { toMilliseconds } from '@sundial/contract'
import { WithStartWorkflowOperation, type WorkflowExecutionDescription, type WorkflowUpdateHandle } from '@temporalio/client'
import { encodeWorkflowIdConflictPolicy, encodeWorkflowIdReusePolicy } from '@temporalio/common'
import { encodeUnifiedSearchAttributes } from '@temporalio/common/lib/converter/payload-search-attributes.js'
import { encodeMapToPayloads, encodeToPayloadsWithContext } from '@temporalio/common/lib/internal-non-workflow/codec-helpers.js'
import { msToTs } from '@temporalio/common/lib/time.js'
import type { ApiContext } from '../api-context.ts'
import { owns } from '../auth/tenant.ts'
import { problem } from '../http/api-problem.ts'
import { longPoll } from './long-poll.ts'
import type { RequestScope } from './request-scope.ts'
import { ownedRun } from './runs.ts'
import { describeLatest, memoOf, memoOfRun, MEMO_KEY, REUSE_POLICIES, stampOf, type StartOptions } from './start.ts'
import { ACCEPT_MS, notAccepted } from './updates.ts'

/** A message to a workflow that is started first if it does not run. */
export interface WithStartOptions extends StartOptions {
  /** Its name and input. */
  readonly message: { readonly name: string; readonly input: unknown }
  /** The same for every repetition of the request: Temporal takes the message once. */
  readonly requestId: string
}

/** What somebody sent before, or nothing: it has to be sent now. */
interface Before {
  readonly runId: string
}

/** Sends a signal, in one step with a start if that is needed. Gives the run that gets it. */
export async function signalWithStart(api: ApiContext, scope: RequestScope, options: WithStartOptions): Promise<string> {
  const { client, namespace } = api.temporal
  const before = await sentBefore(api, scope, options)
  if (before) return before.runId
  const { view, identity, message, requestId } = options
  const { workflowId } = identity
  const { idempotency, executionTimeout } = view.definition
  const converter = client.options.loadedDataConverter
  const context = { type: 'workflow', namespace, workflowId } as const
  const encode = async (input: unknown) => ({ payloads: (await encodeToPayloadsWithContext(converter, context, [input])) ?? [] })
  const { typedSearchAttributes } = stampOf(scope.tenant)
  // Not the SDK's own: it makes a new request id each time.
  const request = {
    namespace,
    identity: client.options.identity,
    requestId,
    workflowId,
    workflowType: { name: view.type },
    taskQueue: { name: api.contract.taskQueue },
    input: await encode(options.input),
    signalName: message.name,
    signalInput: await encode(message.input),
    memo: { fields: await encodeMapToPayloads(converter, { [MEMO_KEY]: memoOf(options) }, context) },
    workflowIdReusePolicy: encodeWorkflowIdReusePolicy(REUSE_POLICIES[idempotency]),
    workflowIdConflictPolicy: encodeWorkflowIdConflictPolicy('USE_EXISTING'),
    ...(typedSearchAttributes && { searchAttributes: { indexedFields: encodeUnifiedSearchAttributes(undefined, typedSearchAttributes) } }),
    ...(executionTimeout !== undefined && { workflowExecutionTimeout: msToTs(toMilliseconds(executionTimeout)) }),
  }
  const { runId } = await api.temporal.call(() => client.workflowService.signalWithStartWorkflowExecution(request), { signal: scope.gone })
  scope.execution = { workflowId, runId }
  return runId
}

/** Sends an update, in one step with a start if that is needed, and waits until a worker has accepted or refused it. */
export async function updateWithStart(api: ApiContext, scope: RequestScope, options: WithStartOptions): Promise<WorkflowUpdateHandle<unknown>> {
  const { view, identity, message, requestId: updateId } = options
  const { workflowId } = identity
  const before = await sentBefore(api, scope, options)
  const { workflow } = api.temporal.client
  if (before) return workflow.getHandle(workflowId, before.runId).getUpdateHandle(updateId)
  const { idempotency, executionTimeout } = view.definition
  const requests = () => {
    const startWorkflowOperation = new WithStartWorkflowOperation(view.type, {
      workflowId,
      taskQueue: api.contract.taskQueue,
      args: [options.input],
      workflowIdReusePolicy: REUSE_POLICIES[idempotency],
      workflowIdConflictPolicy: 'USE_EXISTING',
      memo: { [MEMO_KEY]: memoOf(options) },
      ...stampOf(scope.tenant),
      ...(executionTimeout !== undefined && { workflowExecutionTimeout: toMilliseconds(executionTimeout) }),
    })
    return workflow.startUpdateWithStart(message.name, {
      args: [message.input],
      updateId,
      waitForStage: 'ACCEPTED',
      startWorkflowOperation,
    })
  }
  const accepted = await longPoll<WorkflowUpdateHandle<unknown>>(api.temporal, { waitMs: ACCEPT_MS, requests, gone: scope.gone })
  if (!accepted.done) throw notAccepted()
  scope.execution = { workflowId, ...(accepted.result.workflowRunId !== undefined && { runId: accepted.result.workflowRunId }) }
  return accepted.result
}

/**
 * Looks at what has the id now. A workflow of another type or tenant that runs must not get the message; a run that this same request has started
 * and that is closed has got it.
 */
async function sentBefore({ temporal }: ApiContext, scope: RequestScope, options: WithStartOptions): Promise<Before | undefined> {
  const { view, identity } = options
  const { workflowId } = identity
  scope.execution = { workflowId }
  const latest = await describeLatest(temporal, scope, workflowId)
  if (!latest) return undefined
  const known = latest.type === view.type && owns(scope.tenant, ownedRun(latest))
  if (isOpen(latest)) {
    if (!known) throw problem('already-started', `the workflow id "${workflowId}" belongs to a workflow that a different request started`)
    return undefined
  }
  const { key } = memoOf(options)
  return known && key !== undefined && memoOfRun(latest)?.key === key ? { runId: latest.runId } : undefined
}

function isOpen({ status }: WorkflowExecutionDescription): boolean {
  return status.name === 'RUNNING' || status.name === 'PAUSED'
}

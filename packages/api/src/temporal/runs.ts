import type { WorkflowExecutionDescription } from '@temporalio/client'
import type { ApiContext } from '../api-context.ts'
import { mayName, type OwnedWorkflow, owns } from '../auth/tenant.ts'
import { type ApiProblem, problem } from '../http/api-problem.ts'
import type { RequestScope } from './request-scope.ts'
import { isAlreadyClosed } from './upstream-problem.ts'

/** A workflow as a path names it. */
export interface RunReference {
  readonly type: string
  readonly workflowId: string
  /** @default the latest */
  readonly runId?: string
}

/**
 * Looks a run up, and makes sure that it is of the type in the path: access is granted by type, so a path with one type must
 * never reach a workflow of another, and of the caller's tenant. For anybody else that workflow does not exist.
 */
export async function findRun({ temporal }: ApiContext, scope: RequestScope, { type, workflowId, runId }: RunReference): Promise<WorkflowExecutionDescription> {
  if (!mayName(scope.tenant, workflowId)) throw notThere(type, workflowId)
  scope.execution = { workflowId, ...(runId !== undefined && { runId }) }
  const run = await temporal.call(() => temporal.client.workflow.getHandle(workflowId, runId).describe(), { signal: scope.gone })
  if (run.type !== type || !owns(scope.tenant, ownedRun(run))) throw notThere(type, workflowId)
  scope.execution = { workflowId, runId: run.runId }
  return run
}

/** A run, as it is asked whose it is. */
export function ownedRun({ workflowId, typedSearchAttributes }: WorkflowExecutionDescription): OwnedWorkflow {
  return { workflowId, attribute: (name) => typedSearchAttributes.getAll().find(({ key }) => key.name === name)?.value }
}

function notThere(type: string, workflowId: string): ApiProblem {
  return problem('not-found', `there is no workflow "${workflowId}" of the type ${type}`)
}

/** What to do, and to which run. */
export interface RunAction<T> extends RunReference {
  act(run: WorkflowExecutionDescription): Promise<T>
}

/**
 * Acts on the run that was looked up, and on no other that takes its id meanwhile. When that run has just ended because it
 * continued as new, acts on the run that followed.
 */
export async function onRun<T>(api: ApiContext, scope: RequestScope, { act, ...reference }: RunAction<T>): Promise<T> {
  const run = await findRun(api, scope, reference)
  try {
    return await act(run)
  } catch (error) {
    if (!isAlreadyClosed(error)) throw error
    const next = await findRun(api, scope, reference)
    if (next.runId === run.runId) throw error
    return await act(next)
  }
}

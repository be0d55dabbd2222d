import proto from '@temporalio/proto'
import type { ApiContext } from '../api-context.ts'
import { problem } from '../http/api-problem.ts'
import type { RequestScope } from './request-scope.ts'

const { EVENT_TYPE_WORKFLOW_TASK_COMPLETED } = proto.temporal.api.enums.v1.EventType
const { ResetWorkflowExecutionRequest } = proto.temporal.api.workflowservice.v1

/** How far back: before everything that the workflow did, before what it did last, or to an event of its history that ends a workflow task. */
export type ResetPoint = 'first' | 'last' | number

export interface ResetOptions {
  readonly workflowId: string
  readonly runId: string
  readonly to: ResetPoint
  readonly reason: string
  /** Temporal resets once for the same one. */
  readonly requestId: string
}

/** Ends a run, and starts another that has its history up to a point. Gives the id of that run. */
export async function resetWorkflow(api: ApiContext, { gone }: Pick<RequestScope, 'gone'>, options: ResetOptions): Promise<string> {
  const { client, namespace } = api.temporal
  const { workflowId, runId, to, reason, requestId } = options
  const execution = { workflowId, runId }
  return api.temporal.call(
    async () => {
      const workflowTaskFinishEventId = typeof to === 'number' ? to : await taskEnd(api, execution, to)
      const request = ResetWorkflowExecutionRequest.fromObject({ namespace, workflowExecution: execution, reason, requestId, workflowTaskFinishEventId })
      return (await client.workflowService.resetWorkflowExecution(request)).runId
    },
    { signal: gone },
  )
}

/** The event with which the first or the last workflow task was completed. Long histories come in pages. */
async function taskEnd({ temporal }: ApiContext, execution: { workflowId: string; runId: string }, which: 'first' | 'last'): Promise<number> {
  const { client, namespace } = temporal
  let nextPageToken: Uint8Array = new Uint8Array()
  do {
    const request = { namespace, execution, nextPageToken }
    const { workflowService } = client
    const page =
      which === 'first' ? await workflowService.getWorkflowExecutionHistory(request) : await workflowService.getWorkflowExecutionHistoryReverse(request)
    const found = page.history?.events?.find(({ eventType }) => eventType === EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
    if (found?.eventId) return found.eventId.toNumber()
    nextPageToken = page.nextPageToken
  } while (nextPageToken.length > 0)
  throw problem('invalid-argument', 'the workflow has done nothing yet: there is no point to go back to')
}

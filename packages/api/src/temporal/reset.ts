import proto from '@temporalio/proto'
import type { ApiContext } from '../api-context.ts'
import { problem } from '../http/api-problem.ts'
import type { RequestScope } from './request-scope.ts'

const { EVENT_TYPE_WORKFLOW_TASK_COMPLETED } = proto.temporal.api.enums.v1.EventType
const { WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW } = proto.temporal.api.enums.v1.WorkflowTaskFailedCause
const { ResetWorkflowExecutionRequest } = proto.temporal.api.workflowservice.v1

/** How far back: before everything that the workflow did, before what it did last, or to an event of its history that ends a workflow task. */
export type ResetPoint = 'first' | 'last' | number

interface Execution {
  readonly workflowId: string
  readonly runId: string
}

export interface ResetOptions extends Execution {
  readonly to: ResetPoint
  readonly reason: string
  /** Stands for the request: of two with the same one, the second finds what the first did. */
  readonly requestId: string
  /** Whether the request may have been sent before. */
  readonly repeatable: boolean
}

/**
 * Ends a run, and starts another that has its history up to a point. Gives the id of that run. Temporal gives the new run the request id of the start
 * (from 1.32), so a repetition is recognised by the reason, which is in its history.
 */
export async function resetWorkflow(api: ApiContext, { gone }: Pick<RequestScope, 'gone'>, options: ResetOptions): Promise<string> {
  const { client, namespace } = api.temporal
  const { workflowId, runId, to, requestId, repeatable } = options
  const execution = { workflowId, runId }
  const mark = `request ${requestId.slice(0, 16)}`
  const reason = repeatable ? `${options.reason}, ${mark}` : options.reason
  return api.temporal.call(
    async () => {
      const before = repeatable ? await resetBefore(api, execution, mark) : undefined
      if (before !== undefined) return before
      const workflowTaskFinishEventId = typeof to === 'number' ? to : await taskEnd(api, execution, to)
      const request = ResetWorkflowExecutionRequest.fromObject({ namespace, workflowExecution: execution, reason, requestId, workflowTaskFinishEventId })
      return (await client.workflowService.resetWorkflowExecution(request)).runId
    },
    { signal: gone },
  )
}

/** The run that a request with this mark has made, if this run is that one, or comes of it. */
async function resetBefore(api: ApiContext, execution: Execution, mark: string): Promise<string | undefined> {
  for await (const { workflowTaskFailedEventAttributes: failed } of events(api, execution)) {
    if (failed?.cause === WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW && failed.failure?.message?.endsWith(mark)) return failed.newRunId ?? undefined
  }
  return undefined
}

/** The event with which the first or the last workflow task was completed. */
async function taskEnd(api: ApiContext, execution: Execution, which: 'first' | 'last'): Promise<number> {
  for await (const { eventType, eventId } of events(api, execution, which === 'last'))
    if (eventType === EVENT_TYPE_WORKFLOW_TASK_COMPLETED && eventId) return eventId.toNumber()
  throw problem('invalid-argument', 'the workflow has done nothing yet: there is no point to go back to')
}

/** The history of a run; a long one comes in pages. */
async function* events({ temporal }: ApiContext, execution: Execution, reverse = false): AsyncGenerator<proto.temporal.api.history.v1.IHistoryEvent> {
  const { client, namespace } = temporal
  let nextPageToken: Uint8Array = new Uint8Array()
  do {
    const request = { namespace, execution, nextPageToken }
    const { workflowService } = client
    const page = reverse ? await workflowService.getWorkflowExecutionHistoryReverse(request) : await workflowService.getWorkflowExecutionHistory(request)
    yield* page.history?.events ?? []
    nextPageToken = page.nextPageToken
  } while (nextPageToken.length > 0)
}

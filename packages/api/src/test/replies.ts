import { msToTs } from '@temporalio/common/lib/time.js'
import { temporal } from '@temporalio/proto'
import type { GrpcAnswer } from './grpc-server.ts'

const { workflowservice, common, enums } = temporal.api

/** A run as the server describes it. */
export interface TestRun {
  readonly runId: string
  /** @default 'fulfil-order' */
  readonly type?: string
  /** @default 'RUNNING' */
  readonly status?: 'RUNNING' | 'COMPLETED' | 'FAILED'
  /** @default 'one' */
  readonly workflowId?: string
  /** Keywords. @default none */
  readonly attributes?: Readonly<Record<string, string>>
  /** As a start sent it. */
  readonly historyLength?: number
  readonly memo?: temporal.api.common.v1.IMemo | null | undefined
}

/** The request of a start, as it was sent. */
export function readStart(request: Uint8Array): temporal.api.workflowservice.v1.StartWorkflowExecutionRequest {
  return workflowservice.v1.StartWorkflowExecutionRequest.decode(request)
}

export function started(runId: string): GrpcAnswer {
  return { bytes: workflowservice.v1.StartWorkflowExecutionResponse.encode({ runId, started: true }).finish() }
}

export function described({
  runId,
  type = 'fulfil-order',
  status = 'RUNNING',
  workflowId = 'one',
  attributes = {},
  historyLength = 1,
  memo,
}: TestRun): GrpcAnswer {
  const info = {
    execution: { workflowId, runId },
    type: { name: type },
    searchAttributes: { indexedFields: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, keyword(value)])) },
    status: enums.v1.WorkflowExecutionStatus[`WORKFLOW_EXECUTION_STATUS_${status}`],
    startTime: msToTs(1000),
    historyLength,
    ...(memo && { memo }),
  }
  const response = workflowservice.v1.DescribeWorkflowExecutionResponse.fromObject({ workflowExecutionInfo: info })
  return { bytes: workflowservice.v1.DescribeWorkflowExecutionResponse.encode(response).finish() }
}

/** The last event of a run that completed with a result. */
export function completed(result: unknown): GrpcAnswer {
  const event = {
    eventType: enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
    workflowExecutionCompletedEventAttributes: { result: payloads(result) },
  }
  return { bytes: workflowservice.v1.GetWorkflowExecutionHistoryResponse.encode({ history: { events: [event] } }).finish() }
}

/** The last event of a run that failed with an error of its own. */
export function failed({ message, type, nonRetryable, details }: { message: string; type: string; nonRetryable: boolean; details: unknown }): GrpcAnswer {
  const event = {
    eventType: enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
    workflowExecutionFailedEventAttributes: { failure: { message, applicationFailureInfo: { type, nonRetryable, details: payloads(details) } } },
  }
  return { bytes: workflowservice.v1.GetWorkflowExecutionHistoryResponse.encode({ history: { events: [event] } }).finish() }
}

export function queried(result: unknown): GrpcAnswer {
  return { bytes: workflowservice.v1.QueryWorkflowResponse.encode({ queryResult: payloads(result) }).finish() }
}

/** An update that a worker has taken; with an outcome, it has carried it out or refused it, too. */
export function updated(outcome?: { readonly result: unknown } | { readonly refused: string }): GrpcAnswer {
  const stages = enums.v1.UpdateWorkflowExecutionLifecycleStage
  const response = {
    updateRef: { workflowExecution: { workflowId: 'one', runId: RUN_ID }, updateId: 'u' },
    stage: outcome ? stages.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED : stages.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED,
    ...(outcome && {
      outcome: 'result' in outcome ? { success: payloads(outcome.result) } : { failure: { message: outcome.refused, applicationFailureInfo: {} } },
    }),
  }
  return { bytes: workflowservice.v1.UpdateWorkflowExecutionResponse.encode(response).finish() }
}

function keyword(value: string): temporal.api.common.v1.IPayload {
  return { metadata: { encoding: Buffer.from('json/plain'), type: Buffer.from('Keyword') }, data: Buffer.from(JSON.stringify(value)) }
}

export const RUN_ID = '11111111-1111-4111-8111-111111111111'

function payloads(value: unknown): temporal.api.common.v1.IPayloads {
  const payload = common.v1.Payload.create({ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(value)) })
  return { payloads: [payload] }
}

/** The id that a request is about. */
export function workflowIdOf(request: Uint8Array): string {
  return workflowservice.v1.DescribeWorkflowExecutionRequest.decode(request).execution?.workflowId ?? ''
}

/** The query of a list. */
export function queryOfList(request: Uint8Array): string {
  return workflowservice.v1.ListWorkflowExecutionsRequest.decode(request).query
}

/** A page without workflows, after which there is another. */
export function emptyPage(token: string): GrpcAnswer {
  return { bytes: workflowservice.v1.ListWorkflowExecutionsResponse.encode({ nextPageToken: Buffer.from(token) }).finish() }
}

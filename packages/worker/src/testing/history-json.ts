import { createRequire } from 'node:module'
import type { WorkflowHandle } from '@temporalio/client'

/** A history as Temporal's tools write it: `temporal workflow show --output json`, the Web UI's download. */
export type HistoryJson = { readonly events: readonly object[] }
export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>

interface ProtoJson {
  fromJson(type: unknown, json: unknown, options: { ignoreUnknownFields: boolean }): unknown
  toJson(type: unknown, message: unknown): unknown
}
interface MessageType {
  fromObject(object: unknown): unknown
}

/*
 * The SDK has these two conversions, but takes the code from one copy of protobufjs and the types from another when a package
 * manager installs several, and then fails with "type must be a Type". Both are taken from the types' own copy here.
 */
const sdk = createRequire(createRequire(import.meta.url).resolve('@temporalio/worker'))
const { fromJson, toJson } = createRequire(sdk.resolve('@temporalio/proto'))('protobufjs/ext/protojson') as ProtoJson
const historyType = (sdk('@temporalio/proto') as { lookupType(name: string): MessageType }).lookupType('temporal.api.history.v1.History')

/** Reads a history from a file of Temporal's tools. Fields that this SDK does not know yet are ignored. */
export function historyFromJson(json: HistoryJson): History {
  return fromJson(historyType, json, { ignoreUnknownFields: true }) as History
}

/** Writes a history, such as `handle.fetchHistory()` gives, in the form of Temporal's tools. */
export function historyToJson(history: History): HistoryJson {
  return toJson(historyType, historyType.fromObject(history)) as HistoryJson
}

/** What a history says about its workflow. An old server does not write the id. */
export function aboutHistory({ events }: History): { workflowType: string; workflowId: string; runId: string } {
  const started = events?.[0]?.workflowExecutionStartedEventAttributes
  return { workflowType: started?.workflowType?.name ?? 'unknown', workflowId: started?.workflowId || 'unknown', runId: started?.originalExecutionRunId ?? '' }
}

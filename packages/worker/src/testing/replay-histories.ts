import type { Contract } from '@sundial/contract'
import { Worker } from '@temporalio/worker'
import { bundle } from '../bundle/bundle-workflows.ts'
import { aboutHistory, type History, historyFromJson, type HistoryJson } from './history-json.ts'
import { quietRuntime } from './quiet-runtime.ts'

export interface RecordedHistory {
  /** As the workflow had it: its code may look at it. @default what the history says */
  readonly workflowId?: string
  /** As a server gave it, or as a file of Temporal's tools has it. */
  readonly history: History | HistoryJson
}

export interface ReplayHistoriesOptions {
  readonly contract: Contract
  /** The compiled module whose default export `implementWorkflows` made. */
  readonly workflows: URL
  /** Whether the workers of this code trace. @default false */
  readonly tracing?: boolean
  /** In clear. From files, or `client.workflow.list(…).intoHistories()`. */
  readonly histories: AsyncIterable<RecordedHistory> | Iterable<RecordedHistory>
}

/** A workflow that today's code would break. */
export interface ReplayFailure {
  readonly workflowType: string
  readonly workflowId: string
  readonly runId: string
  /** What today's code does otherwise, in the words of the SDK: it names the activity, timer or child that does not fit. */
  readonly reason: string
  readonly error: Error
}

export interface ReplayReport {
  /** How many histories were replayed, by workflow type. */
  readonly replayed: Readonly<Record<string, number>>
  readonly failures: readonly ReplayFailure[]
}

/**
 * Replays what workflows did in the past through today's code. A failure means that running workflows would break when this
 * code is deployed. No server is needed.
 */
export async function replayHistories({ contract, workflows, tracing = false, histories }: ReplayHistoriesOptions): Promise<ReplayReport> {
  quietRuntime()
  const workflowBundle = await bundle({ contract, workflows, tracing })
  const types = new Map<string, string>()
  const replayed: Record<string, number> = {}
  const failures: ReplayFailure[] = []
  const options = { workflowBundle, sinks: NO_SPANS }
  for await (const { workflowId, runId, error } of Worker.runReplayHistories(options, read(histories, types))) {
    const workflowType = types.get(keyOf(workflowId, runId)) ?? 'unknown'
    replayed[workflowType] = (replayed[workflowType] ?? 0) + 1
    if (error) failures.push({ workflowType, workflowId, runId, reason: reasonOf(error), error })
  }
  return { replayed, failures }
}

/** Where workflows send their spans. */
const NO_SPANS = { exporter: { export: { fn: () => {} } } }

/** @param types gets the type of each */
async function* read(histories: ReplayHistoriesOptions['histories'], types: Map<string, string>): AsyncGenerator<{ workflowId: string; history: History }> {
  for await (const { workflowId: given, history: recorded } of histories) {
    const history = isJson(recorded) ? historyFromJson(recorded) : recorded
    const { workflowType, workflowId, runId } = aboutHistory(history)
    types.set(keyOf(given ?? workflowId, runId), workflowType)
    yield { workflowId: given ?? workflowId, history }
  }
}

function keyOf(workflowId: string, runId: string): string {
  return `${workflowId}\n${runId}`
}

/** The core wraps it in its own words, with a name of its own before it. */
function reasonOf({ message }: Error): string {
  return /\[TMPRL1100\] Nondeterminism error: ([^"]+)/.exec(message)?.[1]?.trim() ?? message
}

/** JSON writes the 64-bit numbers of events as text. */
function isJson(history: History | HistoryJson): history is HistoryJson {
  const [first] = history.events ?? []
  return first !== undefined && 'eventId' in first && typeof first.eventId === 'string'
}

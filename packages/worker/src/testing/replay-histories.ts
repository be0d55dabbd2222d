import type { Contract } from '@sundial/contract'
import { IllegalStateError } from '@temporalio/common'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { bundleWorkflows } from '../bundle/bundle-workflows.ts'
import { type History, historyFromJson, type HistoryJson } from './history-json.ts'

export interface RecordedHistory {
  readonly workflowId: string
  /** As a server gave it, or as a file of Temporal's tools has it. */
  readonly history: History | HistoryJson
}

export interface ReplayHistoriesOptions {
  readonly contract: Contract
  /** The compiled module whose default export `implementWorkflows` made. */
  readonly workflows: URL
  /** Whether the workers of this code trace. @default false */
  readonly tracing?: boolean
  /** From files, or `client.workflow.list(…).intoHistories()`. */
  readonly histories: AsyncIterable<RecordedHistory> | Iterable<RecordedHistory>
}

export interface ReplayReport {
  /** How many histories were replayed. */
  readonly replayed: number
  /** By workflow id: why today's code would not have written this history. */
  readonly failures: ReadonlyMap<string, Error>
}

/**
 * Replays what workflows did in the past through today's code. A failure means that running workflows would break when this
 * code is deployed. No server is needed.
 */
export async function replayHistories({ contract, workflows, tracing = false, histories }: ReplayHistoriesOptions): Promise<ReplayReport> {
  quietRuntime()
  const workflowBundle = await bundleWorkflows({ contract, workflows, tracing })
  const failures = new Map<string, Error>()
  let replayed = 0
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle, sinks: NO_SPANS }, read(histories))) {
    replayed += 1
    if (error) failures.set(workflowId, error)
  }
  return { replayed, failures }
}

/** Where workflows send their spans. */
const NO_SPANS = { exporter: { export: { fn: () => {} } } }

/** What goes wrong is in the report, so the SDK need not say it too. A program that installed its own runtime keeps it. */
function quietRuntime(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter: { core: 'ERROR' } } }, shutdownSignals: [] })
  } catch (error) {
    if (!(error instanceof IllegalStateError)) throw error
  }
}

async function* read(histories: ReplayHistoriesOptions['histories']): AsyncGenerator<{ workflowId: string; history: History }> {
  for await (const { workflowId, history } of histories) {
    yield { workflowId, history: isJson(history) ? historyFromJson(history) : history }
  }
}

/** JSON writes the 64-bit numbers of events as text. */
function isJson(history: History | HistoryJson): history is HistoryJson {
  const [first] = history.events ?? []
  return first !== undefined && 'eventId' in first && typeof first.eventId === 'string'
}

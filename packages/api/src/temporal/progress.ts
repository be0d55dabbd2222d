import type { QueryDefinition } from '@sundial/contract'
import type { WorkflowExecutionDescription } from '@temporalio/client'
import type { ApiContext } from '../api-context.ts'
import { readOutput } from '../http/output.ts'
import type { RequestScope } from './request-scope.ts'
import { findRun, type RunReference } from './runs.ts'

/** Milliseconds for a worker to tell of the progress: without an answer, what is known without it is sent. */
const QUERY_MS = 3000

/** Where a workflow stands at one moment. */
export interface Progress {
  /** Changes whenever the workflow has moved, and is the same for every copy of the API. */
  readonly id: string
  /** For the caller. */
  readonly data: Readonly<Record<string, unknown>>
  /** It will not move any more. */
  readonly ended: boolean
}

export interface ProgressOptions extends RunReference {
  /** What to ask the workflow for. @default its status only */
  readonly query?: readonly [string, QueryDefinition] | undefined
  /** The moment before this one: the workflow is asked only when it has moved since. */
  readonly before?: string | undefined
}

/** Looks at a workflow; nothing when it stands where it stood before. */
export async function lookAtProgress(api: ApiContext, scope: RequestScope, { before, query, ...reference }: ProgressOptions): Promise<Progress | undefined> {
  const run = await findRun(api, scope, reference)
  const { workflowId, runId, historyLength } = run
  const status = run.status.name
  const id = `${runId}-${historyLength}-${status}`
  if (id === before) return undefined
  const progress = query && (await ask(api, scope, { run, query }))
  // What it continued as is the latest from the next look on.
  const ended = status !== 'RUNNING' && status !== 'PAUSED' && status !== 'CONTINUED_AS_NEW'
  return { id, ended, data: { workflowId, runId, status, ...(progress && { progress: progress.answer }) } }
}

/** The workflow's answer, unless no worker gives one now. */
async function ask(
  { temporal }: ApiContext,
  { gone }: RequestScope,
  { run, query: [name, { output }] }: { run: WorkflowExecutionDescription; query: readonly [string, QueryDefinition] },
): Promise<{ answer: unknown } | undefined> {
  try {
    const handle = temporal.client.workflow.getHandle(run.workflowId, run.runId)
    const answer: unknown = await temporal.call(() => handle.query(name), { timeoutMs: QUERY_MS, signal: gone })
    return { answer: await readOutput(output, answer) }
  } catch {
    return undefined
  }
}

import type { Logger } from '@sundial/runtime'
import type { Worker } from '@temporalio/worker'

type Connection = Worker['connection']

export interface NondeterminismOptions {
  readonly logger: Logger
  readonly namespace: string
  /** There is none before the worker polls. */
  readonly connection: () => Connection | undefined
}

/** How the SDK's core reports a task that it fails: with the run, and the failure in Rust's notation. */
const MESSAGE = 'Failing workflow task'
const REASON = /\[TMPRL1100\] Nondeterminism error: ((?:[^"\\]|\\.)*)"/

/**
 * Listens to the words of the SDK's core for workflows that cannot go on because their code does something else now than their history
 * says. The core knows them by run only, and people by type and id: these are asked for, and all is logged as one error that says what it is.
 */
export function watchNondeterminism(options: NondeterminismOptions): (message: string, fields: Readonly<Record<string, unknown>>) => void {
  return (message, { runId, failure }) => {
    if (message !== MESSAGE || typeof runId !== 'string') return
    const [, reason] = REASON.exec(String(failure)) ?? []
    if (reason !== undefined) void report(options, runId, reason.replaceAll(/\\(.)/g, '$1'))
  }
}

async function report({ logger, namespace, connection }: NondeterminismOptions, runId: string, reason: string): Promise<void> {
  const known = await identify(connection(), namespace, runId).catch(
    (error: unknown) => void logger.debug({ err: error }, 'the workflow of a run is not known'),
  )
  logger.error({ failure: 'nondeterminism', ...known, runId, reason }, 'a workflow cannot go on: its code was changed where it has already been')
}

async function identify(
  connection: Connection | undefined,
  namespace: string,
  runId: string,
): Promise<{ workflowType: string; workflowId: string } | undefined> {
  // Run ids are the server's own, and have no quotes in them.
  const found = await connection?.workflowService.listWorkflowExecutions({ namespace, query: `RunId = '${runId}'`, pageSize: 1 })
  const [execution] = found?.executions ?? []
  return execution && { workflowType: execution.type?.name ?? '', workflowId: execution.execution?.workflowId ?? '' }
}

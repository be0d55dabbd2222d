import type { ApiContext } from '../api-context.ts'
import type { RequestScope } from './request-scope.ts'
import { statusName, STATUSES } from './statuses.ts'

export interface ListOptions {
  /** In Temporal's query language. */
  readonly query: string
  readonly limit: number
  readonly cursor?: string | undefined
}

/** One page. Not the SDK's list: it hides the page tokens. */
export async function listWorkflows(
  { temporal, cursors }: ApiContext,
  { gone }: Pick<RequestScope, 'gone'>,
  { query, limit, cursor }: ListOptions,
): Promise<Record<string, unknown>> {
  const { client, namespace } = temporal
  const scope = JSON.stringify([namespace, query])
  const nextPageToken = cursor === undefined ? new Uint8Array() : cursors.read(cursor, scope)
  const page = await temporal.call(() => client.workflowService.listWorkflowExecutions({ namespace, query, pageSize: limit, nextPageToken }), {
    signal: gone,
  })
  const items = page.executions.map((execution) => ({
    workflowId: execution.execution?.workflowId,
    runId: execution.execution?.runId,
    type: execution.type?.name,
    status: statusName(execution.status),
    startedAt: toDate(execution.startTime),
    closedAt: toDate(execution.closeTime),
  }))
  return { items, ...(page.nextPageToken.length > 0 && { nextCursor: cursors.write(page.nextPageToken, scope) }) }
}

/** The query for workflows of some types. Names of types are letters, digits, "_" and "-": the contract sees to it, so none can end the quotes. */
export function visibilityQuery(types: readonly string[], status?: string): string {
  const word = STATUSES.find(({ name }) => name === status)?.query
  return `WorkflowType IN (${types.map((type) => `'${type}'`).join(', ')})${word === undefined ? '' : ` AND ExecutionStatus = '${word}'`}`
}

interface Timestamp {
  readonly seconds?: { toNumber(): number } | null
  readonly nanos?: number | null
}

function toDate(timestamp: Timestamp | null | undefined): Date | undefined {
  if (!timestamp?.seconds) return undefined
  return new Date(timestamp.seconds.toNumber() * 1000 + Math.floor((timestamp.nanos ?? 0) / 1e6))
}

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

export interface Count {
  readonly count: number
  /** How many of them have each status; those that none has are left out. */
  readonly byStatus?: Readonly<Record<string, number>>
}

export interface CountOptions {
  /** In Temporal's query language. */
  readonly query: string
  readonly byStatus: boolean
}

/** How many there are. */
export async function countWorkflows({ temporal }: ApiContext, { gone }: Pick<RequestScope, 'gone'>, { query, byStatus }: CountOptions): Promise<Count> {
  const grouped = byStatus ? `${query} GROUP BY ExecutionStatus` : query
  const { count, groups } = await temporal.call(() => temporal.client.workflow.count(grouped), { signal: gone })
  if (!byStatus) return { count }
  const entries = groups.map((group) => [STATUSES.find((status) => status.query === String(group.groupValues[0]))?.name ?? 'UNKNOWN', group.count] as const)
  return { count, byStatus: Object.fromEntries(entries) }
}

interface Timestamp {
  readonly seconds?: { toNumber(): number } | null
  readonly nanos?: number | null
}

function toDate(timestamp: Timestamp | null | undefined): Date | undefined {
  if (!timestamp?.seconds) return undefined
  return new Date(timestamp.seconds.toNumber() * 1000 + Math.floor((timestamp.nanos ?? 0) / 1e6))
}

/** The states of a workflow: our word (and the SDK's), Temporal's number, and its word in visibility queries. */
export const STATUSES = [
  { name: 'RUNNING', code: 1, query: 'Running' },
  { name: 'COMPLETED', code: 2, query: 'Completed' },
  { name: 'FAILED', code: 3, query: 'Failed' },
  { name: 'CANCELLED', code: 4, query: 'Canceled' },
  { name: 'TERMINATED', code: 5, query: 'Terminated' },
  { name: 'CONTINUED_AS_NEW', code: 6, query: 'ContinuedAsNew' },
  { name: 'TIMED_OUT', code: 7, query: 'TimedOut' },
  { name: 'PAUSED', code: 8, query: 'Paused' },
] as const

export const STATUS_NAMES = STATUSES.map(({ name }) => name)

export function statusName(code: number | null | undefined): string {
  return STATUSES.find((status) => status.code === code)?.name ?? 'UNKNOWN'
}

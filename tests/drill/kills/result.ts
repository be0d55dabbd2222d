import type { Account } from '../../shop/accounting.ts'
import type { Recovery } from './kill.ts'

export interface KillsResult {
  readonly seconds: number
  /** What the time that it had was too short for. */
  readonly incomplete: readonly string[]
  readonly account: Account
  readonly recoveries: readonly Recovery[]
  /** How often the supervisor has started each process again. */
  readonly restarts: Readonly<Record<string, number>>
}

/** What kills of one process came to. Times in milliseconds, from the kill until it was ready. */
export interface ProcessSummary {
  readonly process: string
  readonly kills: number
  readonly medianMs: number
  readonly maxMs: number
  readonly restarts: number
}

export function summarise({ recoveries, restarts }: KillsResult): readonly ProcessSummary[] {
  return Object.entries(restarts).map(([process, count]) => {
    const times = recoveries.flatMap(({ backMs }) => backMs[process] ?? [])
    return { process, kills: times.length, medianMs: median(times), maxMs: Math.max(0, ...times), restarts: count }
  })
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length === 0) return 0
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.round((sorted[middle - 1]! + sorted[middle]!) / 2)
}

import type { OutageResult } from './outage.ts'

/** What an outage may come to, milliseconds. */
export const LIMITS = { notReadyMs: 20_000, readyAgainMs: 30_000, requestMs: 15_000 } as const
/** Started, started before; Temporal cannot be reached, or does not answer in time. */
const ANSWERS = ['200', '201', '503', '504']

/** What was not as it must be, in words; nothing if all was. */
export function verdict(seen: OutageResult): readonly string[] {
  const late = (what: string, times: Readonly<Record<string, number>>, limit: number) =>
    Object.entries(times).flatMap(([name, ms]) => (ms <= limit ? [] : [`${name} was ${what} after ${ms} ms; at most ${limit} ms are allowed`]))
  const other = Object.keys(seen.statuses).filter((status) => !ANSWERS.includes(status))
  return [
    ...late('not ready', seen.notReadyAfterMs, LIMITS.notReadyMs),
    ...late('ready again', seen.readyAgainAfterMs, LIMITS.readyAgainMs),
    ...late('answered', { 'the slowest request': seen.slowestMs }, LIMITS.requestMs),
    ...(seen.notAlive === 0 ? [] : [`liveness was not confirmed ${seen.notAlive} times`]),
    ...(seen.runs === seen.started ? [] : [`${seen.started} orders were started, and there are ${seen.runs} runs of them`]),
    ...other.map((status) =>
      status === '0' ? `${seen.statuses[status]} requests had no answer` : `${seen.statuses[status]} requests were answered with ${status}`,
    ),
  ]
}

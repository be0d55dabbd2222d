import { type Machine, machineLine } from '../machine.ts'
import { bullets, table } from '../tables.ts'
import type { OutageResult } from './outage.ts'
import { LIMITS, verdict } from './verdict.ts'

/** The result for people. */
export function outageMarkdown(seen: OutageResult, { machine, date, callers }: { machine: Machine; date: string; callers: number }): string {
  const problems = verdict(seen)
  return `${[
    "# Drill: Temporal's frontend is gone under load",
    `${callers} callers started orders while no process of the frontend answered for ${seen.seconds} s; each repeated a request with its Idempotency-Key until it was told that its order was started: ` +
      `**${problems.length === 0 ? 'no violation' : `${problems.length} violations`}**.`,
    `${machineLine(machine, date)}. Run it: \`npm run drill -- outage\`.`,
    ...(problems.length > 0 ? ['## Violations', bullets(problems)] : []),
    '## Orders',
    table(
      ['what', 'count'],
      [
        ['orders started', seen.started],
        ['runs of them', seen.runs],
        ['requests', seen.requests],
        ...Object.entries(seen.statuses).map(([status, count]) => [status === '0' ? 'without an answer' : `answered with ${status}`, count]),
      ],
    ),
    `The slowest request took ${seconds(seen.slowestMs)} s; at most ${seconds(LIMITS.requestMs)} s are allowed. Processes of the frontend that were halted: ${seen.halted}.`,
    '## Health',
    table(
      ['process', `not ready after s (at most ${LIMITS.notReadyMs / 1000})`, `ready again after s (at most ${LIMITS.readyAgainMs / 1000})`],
      Object.entries(seen.notReadyAfterMs).map(([name, ms]) => [name, seconds(ms), seconds(seen.readyAgainAfterMs[name]!)]),
    ),
    `Answers of liveness that were anything but yes: ${seen.notAlive}.`,
  ].join('\n\n')}\n`
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(2)
}

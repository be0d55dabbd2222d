import { screen, type Terminal } from '../terminal.ts'
import { wrap } from '../text.ts'
import type { LogEntry } from './log-line.ts'

/** What a worker's log entry says about a workflow that its new code cannot go on with, if it is one: what happened, and what to do. */
export function nondeterminism({ fields }: LogEntry, { colors, width }: Terminal = screen()): string | undefined {
  const { failure, workflowType, workflowId, reason = '' } = fields
  if (failure !== 'nondeterminism') return undefined
  const name = [colors.bold(workflowType ?? 'a workflow'), ...(workflowId === undefined ? [] : [workflowId])].join(' ')
  const ways = [
    'undo the change, and it goes on;',
    "or keep what was for what runs: if (patched('name')) { new } else { old };",
    'or terminate it in the Web UI, and start another.',
  ]
  return [
    `${colors.red('✗')} ${name} cannot go on with the changed code`,
    wrap(reason, { width, prefix: '    ' }),
    wrap('It runs since before the change. Its history is replayed with the new code, which must do the same up to there. It waits, and nothing is lost:', {
      width,
      prefix: '  ',
    }),
    ...ways.map((way) => wrap(way, { width, prefix: `  ${colors.dim('→')} ` })),
  ].join('\n')
}

/** Whether others, Temporal and the core of its SDK, say in their own words what {@link nondeterminism} says. */
export function saysNondeterminism({ fields }: LogEntry): boolean {
  return fields['workflow-task-fail-cause'] === 'NonDeterministicError' || fields['failure']?.includes('[TMPRL1100]') === true
}

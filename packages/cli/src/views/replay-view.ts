import type { ReplayReport } from '@sundial/worker/testing'
import { screen, type Terminal } from '../terminal.ts'
import { wrap } from '../text.ts'

export interface ApplicationReplay extends ReplayReport {
  readonly application: string
}

/** What came of it, and for each workflow that would break, why and what to do. */
export function replayView(replays: readonly ApplicationReplay[], terminal: Terminal = screen()): string {
  const { colors, width } = terminal
  const lines = replays.map(({ application, replayed, failures }) => {
    const types = Object.entries(replayed).map(([type, count]) => `${count} of ${type}`)
    if (types.length === 0) return `${colors.yellow('!')} ${application}: there are no histories to replay`
    const mark = failures.length === 0 ? colors.green('✓') : colors.red('✗')
    const outcome = failures.length === 0 ? 'all go on with this code' : `${failures.length} cannot go on with this code`
    return wrap(`${application}: ${types.join(', ')}; ${outcome}`, { width, prefix: `${mark} ` })
  })
  const failed = replays.flatMap(({ failures }) => failures)
  const details = failed.flatMap(({ workflowType, workflowId, runId, reason }) => [
    '',
    wrap(`${colors.bold(workflowType)} ${workflowId}`, { width, prefix: '  ' }),
    wrap(`run ${runId}`, { width, prefix: '    ' }),
    wrap(reason, { width, prefix: '    ' }),
  ])
  const ways = [
    'undo the change;',
    "or keep what was for what runs: if (patched('name')) { new } else { old };",
    'or deploy it as a new version of a pinned worker deployment: what runs stays on the old one.',
  ]
  const advice = failed.length === 0 ? [] : ['', ...ways.map((way) => wrap(way, { width, prefix: `${colors.cyan('→')} ` }))]
  return [...lines, ...details, ...advice].join('\n')
}

import type { Change, DeployProgress, DeployReport, Finding } from '@sundial/operations/deploy'
import { screen, type Terminal } from '../terminal.ts'
import { columns, padEnd, wrap } from '../text.ts'

const ACTIONS: readonly Change['action'][] = ['created', 'changed', 'removed']
/** Objects that are listed by name. More are counted: a first deployment is made of hundreds. */
const LISTED = 40

/** One line of what is happening. */
export function progressText({ wave, waves, message }: DeployProgress): string {
  return `● wave ${wave} of ${waves}: ${message}`
}

/** What was found of the cluster, before anything is changed. */
export function preflightView(findings: readonly Finding[], { colors, width }: Terminal = screen()): string {
  const names = Math.max(...findings.map(({ subject }) => columns(subject)))
  const marks = { ok: colors.green('✓'), warning: colors.yellow('!'), error: colors.red('✗') }
  return findings
    .map(({ subject, level, found, advice }) =>
      wrap([found, ...(advice === '' ? [] : [advice])].join('; '), { width, prefix: `${marks[level]} ${padEnd(subject, names)}  ` }),
    )
    .join('\n')
}

/** What became of the objects: those that are not as they were, by name, and how many are. */
export function deployView({ changes, warnings }: DeployReport, { dryRun }: { readonly dryRun: boolean }, { colors, width }: Terminal = screen()): string {
  const paint = { created: colors.green, changed: colors.yellow, removed: colors.red, unchanged: colors.dim }
  const changed = ACTIONS.flatMap((action) => changes.filter((change) => change.action === action))
  const listed = changed.slice(0, LISTED).map(({ action, object }) => `${paint[action](padEnd(action, 'unchanged'.length))}  ${nameOf(object)}`)
  const more = changed.length > LISTED ? [colors.dim(`and ${changed.length - LISTED} more`)] : []
  const told = warnings.map((text) => wrap(text, { width, prefix: `${colors.yellow('!')} ` }))
  return [...listed, ...more, ...told, conclusion(changes, dryRun, colors)].join('\n')
}

function conclusion(changes: readonly Change[], dryRun: boolean, colors: Terminal['colors']): string {
  const counts = [...ACTIONS, 'unchanged' as const].flatMap((action) => {
    const count = changes.filter((change) => change.action === action).length
    return count === 0 ? [] : [`${count} ${action}`]
  })
  const text = counts.length === 0 ? 'nothing was deployed' : counts.join(', ')
  return dryRun ? `${colors.cyan('●')} would be: ${text}` : `${colors.green('✓')} ${text}`
}

function nameOf({ kind, metadata: { name, namespace } }: Change['object']): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`
}

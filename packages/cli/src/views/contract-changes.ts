import type { NamedChange } from '../contracts/compare-contracts.ts'
import { screen, type Terminal } from '../terminal.ts'
import { wrap } from '../text.ts'

const GROUPS = [
  { title: 'Breaks workflows that run, and API clients', audiences: ['running-workflows', 'api-clients'] },
  { title: 'Breaks workflows that run', audiences: ['running-workflows'] },
  { title: 'Breaks API clients', audiences: ['api-clients'] },
  { title: 'Breaks nothing', audiences: [] },
] as const

/** What changed, those who are broken first. */
export function contractChangesView(changes: readonly NamedChange[], { colors, width }: Terminal = screen()): string {
  if (changes.length === 0) return `${colors.green('✓')} the contracts mean the same`
  const groups = GROUPS.map(({ title, audiences }) => ({
    title,
    breaks: audiences.length > 0,
    changes: changes.filter((change) => change.breaks.join() === audiences.join()),
  }))
  const parts = groups
    .filter((group) => group.changes.length > 0)
    .map((group) => {
      const lines = group.changes.map(({ contract, path, message }) => wrap(`    ${contract}: ${[path, message].filter(Boolean).join(' ')}`, { width }))
      return [group.breaks ? colors.red(group.title) : colors.dim(group.title), ...lines].join('\n')
    })
  const broken = changes.filter((change) => change.breaks.length > 0).length
  const verdict =
    broken === 0
      ? `${colors.green('✓')} nothing breaks`
      : `${colors.red('✗')} ${broken} of ${changes.length} ${changes.length === 1 ? 'change' : 'changes'} break something`
  return [...parts, verdict].join('\n\n')
}

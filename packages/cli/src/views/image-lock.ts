import type { LockProblems } from '@sundial/operations/image-lock'
import { screen } from '../terminal.ts'

type Digests = Readonly<Record<string, string>>

/** What writing the lock file changed. */
export function lockChangesView(before: Digests, after: Digests, file: string): string {
  const { colors } = screen()
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  const lines = names.flatMap((name) => {
    if (before[name] === after[name]) return []
    if (before[name] === undefined) return [`  ${colors.green('+')} ${name}`]
    return after[name] === undefined ? [`  ${colors.red('-')} ${name}`] : [`  ${colors.yellow('~')} ${name} has other content now`]
  })
  const count = `${Object.keys(after).length} images`
  return [`${colors.green('✓')} ${lines.length === 0 ? `${file} is as registries say` : `wrote ${file}`}: ${count}`, ...lines].join('\n')
}

/** How the lock file does not fit to the images. */
export function lockProblemsView({ missing, stale }: LockProblems, { file, images }: { readonly file: string; readonly images: number }): string {
  const { colors } = screen()
  if (missing.length + stale.length === 0) return `${colors.green('✓')} ${file} has all ${images} images, and no other`
  return [
    `${colors.red('✗')} ${file} does not fit to the configuration: ${missing.length} missing, ${stale.length} for nothing`,
    ...missing.map((image) => `  ${colors.green('+')} ${image}`),
    ...stale.map((image) => `  ${colors.red('-')} ${image}`),
    `→ ${colors.bold('./sundial images lock')} asks registries for digests`,
  ].join('\n')
}

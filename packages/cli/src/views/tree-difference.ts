import type { TreeDifference } from '../kubernetes/tree-files.ts'
import { screen } from '../terminal.ts'

/** More files than this are counted, not listed. */
const LISTED = 20

/** What writing a tree did, or would do. */
export function treeDifferenceView(
  { added, changed, removed }: TreeDifference,
  { root, files, check }: { root: string; files: number; check: boolean },
): string {
  const { colors } = screen()
  const count = added.length + changed.length + removed.length
  if (count === 0) return `${colors.green('✓')} ${root} is as the configuration says: ${files} files`
  // What goes is told first.
  const lines = [
    ...removed.map((path) => `${colors.red('-')} ${path}`),
    ...added.map((path) => `${colors.green('+')} ${path}`),
    ...changed.map((path) => `${colors.yellow('~')} ${path}`),
  ]
  const shown = lines.length > LISTED ? [...lines.slice(0, LISTED), colors.dim(`… and ${lines.length - LISTED} more`)] : lines
  const summary = `${added.length} added, ${changed.length} changed, ${removed.length} removed`
  const head = check
    ? `${colors.red('✗')} ${root} is not as the configuration says: ${summary}`
    : `${colors.green('✓')} wrote ${files} files to ${root}: ${summary}`
  return [head, ...shown.map((line) => `  ${line}`), ...(check ? [`→ ${colors.bold('./sundial render')} writes it`] : [])].join('\n')
}

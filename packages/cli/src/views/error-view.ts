import type { SundialError } from '@sundial/platform'
import type { Colors, Terminal } from '../terminal.ts'
import { wrap } from '../text.ts'

/** What is wrong, where, what is allowed and what to do. The last line says what to do about all of it, and the code to look up. */
export function errorView({ message, hint, code }: Pick<SundialError, 'message' | 'hint' | 'code'>, { width, colors }: Terminal): string {
  const [first = '', ...rest] = `✗ ${message}`
    .split('\n')
    // Lines of a file and the mark below them belong together.
    .map((line) => (EXCERPT.test(line) ? line : wrap(line, { width })))
    .join('\n')
    .split('\n')
  const lines = rest.map((line) => paint(line, colors))
  const advice = wrap(`→ ${hint} ${colors.dim(`(${code})`)}`, { width }).replace('→', colors.cyan('→'))
  return [first.replace('✗', colors.red('✗')), ...lines, '', advice].join('\n')
}

/** Places stand out, quoted lines stand back. Both are told by their indent, as all errors have it. */
function paint(line: string, colors: Colors): string {
  if (/^ {2}[^ -]/.test(line)) return `  ${colors.bold(line.slice(2))}`
  if (EXCERPT.test(line)) return /\| *\^$/.test(line) ? line.replace('^', colors.red('^')) : colors.dim(line)
  if (line.startsWith(' '.repeat(QUOTE_INDENT))) return ' '.repeat(QUOTE_INDENT) + colors.dim(line.slice(QUOTE_INDENT))
  return line.replace(/^( *)→ /, (_, indent: string) => `${indent}${colors.cyan('→')} `)
}

const EXCERPT = /^ +\d* \| /
const QUOTE_INDENT = 6

/** A mistake of ours: its stack is kept, as it is. */
export function bugView(error: unknown, { colors }: Terminal): string {
  return `${colors.red('unexpected error')}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

import { relative } from 'node:path'
import colors from 'picocolors'

/** Prints data for programs: one JSON document on standard output. */
export function printJson(data: unknown): void {
  process.stdout.write(`${JSON.stringify(data, undefined, 2)}\n`)
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

export interface Column<Row> {
  readonly title: string
  readonly value: (row: Row) => string
  readonly color?: (text: string, row: Row) => string
}

/** Below, a cell that did not fit stands this far to the right. */
const INDENT = '    '

/**
 * A table without lines, its columns as wide as their content. Nothing is cut: what does not fit into a narrow terminal stands below its row,
 * with its title.
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], limit = terminalWidth()): string {
  const widths = columns.map((column) => Math.max(column.title.length, ...rows.map((row) => column.value(row).length)) + 2)
  const ends = widths.map((_, index) => widths.slice(0, index + 1).reduce((sum, width) => sum + width, 0) - 2)
  const overflow = ends.findIndex((end) => end > limit)
  const fitting = overflow === -1 ? columns.length : Math.max(1, overflow)
  const beside = columns.slice(0, fitting)
  const below = columns.slice(fitting)
  const paint = (column: Column<Row>, text: string, row: Row) => column.color?.(text, row) ?? text
  // The spaces are outside of the colour, so that those at the end of a line can go.
  const padding = (text: string, index: number) => ' '.repeat((widths[index] ?? 0) - text.length)
  const head = beside
    .map((column, index) => colors.dim(column.title) + padding(column.title, index))
    .join('')
    .trimEnd()
  const body = rows.flatMap((row) => {
    const line = beside
      .map((column, index) => paint(column, column.value(row), row) + padding(column.value(row), index))
      .join('')
      .trimEnd()
    const rest = below.filter((column) => column.value(row) !== '')
    return [
      line,
      ...rest.map((column) => `${INDENT}${column.title === '' ? '' : `${colors.dim(column.title.toLowerCase())} `}${paint(column, column.value(row), row)}`),
    ]
  })
  return [head, ...body].join('\n')
}

function terminalWidth(): number {
  return (process.stdout.isTTY && process.stdout.columns) || Infinity
}

/** A path for people: from the working folder if it is below it. */
export function shownPath(path: string): string {
  const below = relative(process.cwd(), path)
  return below.startsWith('..') ? path : below
}

/** A length of time for people, such as `8.4 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

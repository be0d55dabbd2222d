import { relative } from 'node:path'
import { screen, type Terminal } from './terminal.ts'
import { columns as widthOf, padEnd, wrap, wrapList } from './text.ts'

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
  /** Always on a line of its own, below the row: for sentences. @default false */
  readonly below?: boolean
}

/** Below, a cell that did not fit stands this far to the right. */
const INDENT = '    '
const GAP = 2
/** The last column may have lines of its own, if it has this much room. */
const SMALLEST_LAST = 24

/**
 * A table without lines, its columns as wide as their content; one that is empty is left out. Nothing is cut: what does not fit into a narrow
 * terminal has several lines in the last column, or stands below its row, with its title.
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], terminal: Terminal = screen()): string {
  const { colors, width: limit } = terminal
  const shown = columns.filter((column, index) => index === 0 || rows.some((row) => column.value(row) !== ''))
  const { beside, widths } = placeColumns(rows, shown, limit)
  const below = shown.filter((column) => !beside.includes(column))
  const paint = (column: Column<Row>, text: string, row: Row) => (text === '' ? '' : (column.color?.(text, row) ?? text))
  const head = joinCells(
    beside.map(({ title }) => [{ plain: title, painted: title === '' ? '' : colors.dim(title) }]),
    widths,
  )
  const belowLine = (column: Column<Row>, row: Row): string => {
    const title = column.title === '' || column.below ? '' : `${column.title.toLowerCase()} `
    const value = column.value(row)
    const prefix = INDENT + (title === '' ? '' : colors.dim(title))
    // One word stays beside its title, however long it is.
    return value.includes(' ') ? wrapList(paint(column, value, row), { width: limit, prefix }) : prefix + paint(column, value, row)
  }
  const body = rows.flatMap((row) => [
    ...joinCells(
      beside.map((column, index) =>
        wrapList(column.value(row), { width: widths[index] ?? Infinity })
          .split('\n')
          .map((plain) => ({ plain, painted: paint(column, plain, row) })),
      ),
      widths,
    ),
    ...below.filter((column) => column.value(row) !== '').map((column) => belowLine(column, row)),
  ])
  return [...head, ...body].join('\n')
}

/** The columns that stand beside each other, and how wide each is. */
function placeColumns<Row>(rows: readonly Row[], shown: readonly Column<Row>[], limit: number): { beside: readonly Column<Row>[]; widths: readonly number[] } {
  const candidates = shown.filter(({ below }) => !below)
  const widths = candidates.map((column) => Math.max(widthOf(column.title), ...rows.map((row) => widthOf(column.value(row)))))
  const starts = widths.map((_, index) => widths.slice(0, index).reduce((sum, width) => sum + width + GAP, 0))
  const overflow = widths.findIndex((width, index) => (starts[index] ?? 0) + width > limit)
  if (overflow === -1) return { beside: candidates, widths }
  const room = limit - (starts[overflow] ?? 0)
  const last = overflow === candidates.length - 1 && room >= SMALLEST_LAST
  const count = last ? candidates.length : Math.max(1, overflow)
  return { beside: candidates.slice(0, count), widths: widths.slice(0, count).map((width, index) => (last && index === overflow ? room : width)) }
}

interface Cell {
  readonly plain: string
  readonly painted: string
}

/** A row of cells, each of one or more lines. The spaces are outside of the colour, so that those at the end of a line can go. */
function joinCells(cells: readonly (readonly Cell[])[], widths: readonly number[]): string[] {
  const height = Math.max(...cells.map((lines) => lines.length))
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, index) => {
        const { plain, painted } = lines[line] ?? { plain: '', painted: '' }
        return painted + ' '.repeat(Math.max(0, (widths[index] ?? 0) - widthOf(plain)) + GAP)
      })
      .join('')
      .trimEnd(),
  )
}

/** A list of names and what they mean: beside each other if all fit, else each meaning below its name. */
export function pairs(rows: readonly (readonly [name: string, meaning: string])[], { width }: Pick<Terminal, 'width'>): string {
  const first = Math.max(0, ...rows.map(([name]) => widthOf(name))) + GAP
  const beside = rows.every(([, meaning]) => GAP + first + widthOf(meaning) <= width)
  const lines = rows.map(([name, meaning]) => (beside ? `  ${padEnd(name, first)}${meaning}` : `  ${name}\n${wrap(`${INDENT}  ${meaning}`, { width })}`))
  return lines.join('\n')
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

/** A longer one, such as `2 h 5 m`. */
export function duration(milliseconds: number): string {
  const whole = Math.max(0, Math.floor(milliseconds / 1000))
  const minutes = Math.floor(whole / 60)
  const hours = Math.floor(minutes / 60)
  if (minutes === 0) return `${whole} s`
  if (hours === 0) return `${minutes} m ${whole % 60} s`
  return hours < 24 ? `${hours} h ${minutes % 60} m` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

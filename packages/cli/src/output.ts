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

/** A table without lines: columns as wide as their content, the last one cut where the terminal ends. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const widths = columns.map((column) => Math.max(column.title.length, ...rows.map((row) => column.value(row).length)))
  const limit = (process.stdout.isTTY && process.stdout.columns) || Infinity
  const line = (cells: readonly string[], paint: (text: string, index: number) => string) => {
    let left = limit
    const parts = cells.map((cell, index) => {
      const last = index === cells.length - 1
      const text = cut(last ? cell : cell.padEnd((widths[index] ?? 0) + 2), left)
      left -= text.length
      return paint(text, index)
    })
    return parts.join('').trimEnd()
  }
  const head = line(
    columns.map((column) => column.title),
    (text) => colors.dim(text),
  )
  const body = rows.map((row) =>
    line(
      columns.map((column) => column.value(row)),
      (text, index) => columns[index]?.color?.(text, row) ?? text,
    ),
  )
  return [head, ...body].join('\n')
}

function cut(text: string, width: number): string {
  if (text.length <= width) return text
  return width <= 0 ? '' : `${text.slice(0, width - 1)}…`
}

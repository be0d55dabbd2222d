/** A line of a text with the one before it, their numbers, and a mark below the column. */
export function excerpt(text: string, { line, column }: { readonly line: number; readonly column: number }): string {
  const lines = text.split(/\r?\n/)
  const first = Math.max(1, line - 1)
  const width = String(line).length
  const shown = lines.slice(first - 1, line).map((content, index) => `${String(first + index).padStart(width)} | ${content}`.trimEnd())
  // A tab is as wide in the mark's line as in the line above.
  const indent = (lines[line - 1] ?? '').slice(0, column - 1).replaceAll(/[^\t]/g, ' ')
  return [...shown, `${' '.repeat(width)} | ${indent}^`].join('\n')
}

import colors from 'picocolors'
import { comparisons, summaries, type Compared } from '../results/analyse.ts'
import type { Metric, ResultFile, Slot } from '../results/schema.ts'
import { ratioText, value } from './numbers.ts'

/** What a slot found, in a line: its first metric of each cell. */
export function slotLine(slot: Slot, metrics: Readonly<Record<string, Metric>>): string {
  const [first = ''] = Object.keys(metrics)
  const found = Object.entries(slot.cells).map(([cell, values]) => `${cell} ${value(values[first] ?? NaN)} ${metrics[first]?.unit ?? ''}`)
  return `${found.join(', ')}${slot.dropped === undefined ? '' : colors.yellow(`  does not count: ${slot.dropped}`)}`
}

/** The medians of all contestants and the ratios, as a table for people. */
export function summaryText(results: ResultFile): string {
  const { title, quick, slots, contestants } = results
  const dropped = slots.filter((slot) => slot.dropped !== undefined).length
  const head = [
    '',
    colors.bold(title),
    ...(quick ? [colors.yellow('quick: few passes, so the intervals are wide')] : []),
    ...(dropped > 0 ? [colors.yellow(`${dropped} of ${slots.length} slots do not count: the machine was not quiet`)] : []),
  ]
  const all = summaries(results)
  const compared = comparisons(results)
  const ids = Object.keys(contestants)
  const parts = Object.entries(results.cells).map(([cell, cellTitle]) => {
    const rows = Object.entries(results.metrics).flatMap(([metric, { title: name, unit }]) => {
      const medians = ids.map((id) => all.find((one) => one.cell === cell && one.metric === metric && one.contestant === id)?.median)
      if (medians.every((one) => one === undefined)) return []
      const ratios = compared.filter((one) => one.cell === cell && one.metric === metric)
      return [[`${name}, ${unit}`, ...medians.map((one) => (one === undefined ? '–' : value(one))), ...ratios.map(comparedText)]]
    })
    const titles = [cellTitle, ...ids.map((id) => contestants[id]?.title ?? id), ...results.comparisons.map(({ of, to }) => `${of} / ${to}`)]
    return table([titles, ...rows])
  })
  return [...head, ...parts].join('\n\n')
}

function comparedText({ ratio, verdict, goal }: Compared): string {
  const aim = goal === undefined ? '' : `, goal ${goal.side} ${goal.ratio}${goal.reached ? ' reached' : ' missed'}`
  return `${ratioText(ratio)} ${verdict}${aim}`
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) => row.map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0))).join('  '))
    .join('\n')
}

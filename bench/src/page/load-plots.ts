import * as Plot from '@observablehq/plot'
import { summaries, type Summary } from '../results/analyse.ts'
import type { ResultFile } from '../results/schema.ts'
import { value } from '../views/numbers.ts'
import type { Html } from './html.ts'
import { contestantColors, figure, titleOf } from './plot.ts'

const ROW = 20
const LABELS = 170

interface Bar {
  readonly cell: string
  readonly contestant: string
  readonly value: number
  readonly low: number
  readonly high: number
}

/** The medians of a metric in all cells as bars, with the middle half of the samples. Nothing if nobody has the metric. */
export function barsPlot(results: ResultFile, metric: string): Html | undefined {
  const { title = '', unit = '', better } = results.metrics[metric] ?? {}
  const bars = summaries(results).flatMap((one): Bar[] => (one.metric === metric ? [barOf(results, one)] : []))
  if (bars.length === 0) return undefined
  const colors = contestantColors(results)
  const words = bars.map((bar) => `${bar.cell}, ${bar.contestant}: ${value(bar.value)}`).join('; ')
  const known = colors.domain.filter((one) => bars.some(({ contestant }) => contestant === one))
  const suffix = unit === '' ? '' : `, ${unit}`
  return figure(`${title}${suffix} (${better} is better)`, `${title}${suffix}. ${words}`, {
    height: Object.keys(results.cells).length * (known.length * ROW + 14) + 40,
    marginLeft: LABELS,
    marginRight: 60,
    x: { label: null, grid: true, zero: true, nice: true },
    y: { axis: null, domain: known },
    fy: { label: null, domain: Object.values(results.cells), axis: 'left', padding: 0.12 },
    color: { ...colors, legend: false },
    marks: [
      Plot.barX(bars, { x: 'value', y: 'contestant', fy: 'cell', fill: 'contestant', inset: 1 }),
      Plot.link(bars, { x1: 'low', x2: 'high', y1: 'contestant', y2: 'contestant', fy: 'cell', stroke: 'var(--text)', strokeOpacity: 0.6 }),
      Plot.text(bars, {
        x: 'high',
        y: 'contestant',
        fy: 'cell',
        text: (bar: Bar) => value(bar.value),
        dx: 6,
        textAnchor: 'start',
        fontVariant: 'tabular-nums',
      }),
    ],
  })
}

function barOf(results: ResultFile, { cell, contestant, median, low, high }: Summary): Bar {
  return { cell: results.cells[cell] ?? cell, contestant: titleOf(results.contestants, contestant), value: median, low, high }
}

/** Who used processor time, stacked: metrics that are parts of one. */
export function partsPlot(results: ResultFile, whole: string, parts: Readonly<Record<string, string>>): Html | undefined {
  const { title = '', unit = '' } = results.metrics[whole] ?? {}
  const rows = summaries(results).flatMap(({ cell, metric, contestant, median }) => {
    const part = parts[metric]
    return part === undefined ? [] : [{ cell: results.cells[cell] ?? cell, contestant: titleOf(results.contestants, contestant), part, median }]
  })
  if (rows.length === 0) return undefined
  const known = contestantColors(results).domain.filter((one) => rows.some(({ contestant }) => contestant === one))
  const names = Object.values(parts)
  const words = rows.map(({ cell, contestant, part, median }) => `${cell}, ${contestant}, ${part}: ${value(median)}`).join('; ')
  return figure(`${title}, ${unit}, by who used it`, `${title}. ${words}`, {
    height: Object.keys(results.cells).length * (known.length * ROW + 14) + 60,
    marginLeft: LABELS,
    marginRight: 190,
    x: { label: null, grid: true, nice: true },
    y: { label: null, domain: known, axis: 'right', tickSize: 0 },
    fy: { label: null, domain: Object.values(results.cells), axis: 'left', padding: 0.12 },
    color: { domain: names, range: names.map((_, index) => `var(--part-${index + 1})`), legend: false },
    marks: [Plot.barX(rows, { x: 'median', y: 'contestant', fy: 'cell', fill: 'part', order: names, inset: 1 })],
  })
}

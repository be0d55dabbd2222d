import * as Plot from '@observablehq/plot'
import type { Compared } from '../results/analyse.ts'
import type { Ratio } from '../statistics/ratio.ts'
import type { ResultFile } from '../results/schema.ts'
import { ratioText } from '../views/numbers.ts'
import type { Html } from './html.ts'
import { figure, titleOf } from './plot.ts'

const ROW = 26
const LABELS = 250

type Shown = Compared & { readonly ratio: Ratio; readonly title: string }

/** The ratios of two contestants in one cell: with their intervals, and behind them how far a contestant is from itself. */
export function ratioPlot(results: ResultFile, compared: readonly Compared[]): Html | undefined {
  const shown = compared.flatMap((one): Shown[] =>
    one.ratio === undefined ? [] : [{ ...one, ratio: one.ratio, title: results.metrics[one.metric]?.title ?? one.metric }],
  )
  const [first] = shown
  if (first === undefined) return undefined
  const [own, other] = [titleOf(results.contestants, first.of), titleOf(results.contestants, first.to)]
  const color = ({ verdict, ratio, metric }: Shown) => {
    if (verdict !== 'different') return 'var(--muted)'
    return ratio.ratio < 1 === (results.metrics[metric]?.better === 'lower') ? 'var(--better)' : 'var(--worse)'
  }
  const words = shown.map(({ title, ratio, verdict }) => `${title}: ${ratioText(ratio)}, ${verdict}`).join('; ')
  const y = 'title'
  return figure(`${own} compared to ${other}`, `Ratios of ${own} to ${other}. ${words}`, {
    height: ROW * shown.length + 56,
    marginLeft: LABELS,
    marginRight: 150,
    x: { type: 'log', label: null, ticks: ticksIn(extent(shown)), tickFormat: (tick: number) => `${tick}×`, grid: true, domain: extent(shown) },
    y: { label: null, domain: shown.map(({ title }) => title) },
    marks: [
      Plot.ruleX([1], { stroke: 'var(--text)', strokeOpacity: 0.5 }),
      Plot.barX(
        shown.filter(({ floor }) => floor),
        { x1: (one: Shown) => one.floor?.low, x2: (one: Shown) => one.floor?.high, y, fill: 'var(--floor)', inset: 3 },
      ),
      Plot.link(shown, { x1: (one: Shown) => one.ratio.low, x2: (one: Shown) => one.ratio.high, y1: y, y2: y, stroke: color, strokeWidth: 2.5 }),
      Plot.dot(shown, { x: (one: Shown) => one.ratio.ratio, y, fill: color, r: 5 }),
      Plot.tickX(
        shown.filter(({ goal }) => goal !== undefined),
        { x: ({ goal }: Compared) => goal?.ratio, y, stroke: 'var(--goal)', strokeWidth: 2, strokeDasharray: '4 3' },
      ),
      Plot.text(shown, {
        y,
        text: (one: Shown) => ratioText(one.ratio),
        frameAnchor: 'right',
        textAnchor: 'start',
        dx: 12,
        fill: color,
        fontVariant: 'tabular-nums',
      }),
    ],
  })
}

/** As wide as what is shown, and never so narrow that noise looks large. */
function extent(shown: readonly Shown[]): [number, number] {
  const all = shown.flatMap(({ ratio, floor, goal }) => [ratio.low, ratio.high, floor?.low ?? 1, floor?.high ?? 1, goal?.ratio ?? 1])
  return [Math.min(0.5, ...all) * 0.95, Math.max(2, ...all) * 1.05]
}

const TICKS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]

function ticksIn([low, high]: readonly [number, number]): number[] {
  return TICKS.filter((tick) => tick >= low && tick <= high)
}

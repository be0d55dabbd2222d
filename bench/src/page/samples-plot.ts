import * as Plot from '@observablehq/plot'
import { summaries } from '../results/analyse.ts'
import type { ResultFile } from '../results/schema.ts'
import { value } from '../views/numbers.ts'
import type { Html } from './html.ts'
import { contestantColors, figure, titleOf } from './plot.ts'

const ROW = 34
const LABELS = 190

/** Every sample of a metric, with medians and, where there is a goal, the line that it is at. */
export function samplesPlot(results: ResultFile, metric: string): Html[] {
  const { title = '', unit = '' } = results.metrics[metric] ?? {}
  return Object.entries(results.cells).map(([cell, cellTitle]) => {
    const medians = summaries(results).filter((one) => one.cell === cell && one.metric === metric)
    const dots = results.slots.flatMap(({ contestant, cells, dropped }) => {
      const found = cells[cell]?.[metric]
      return found === undefined ? [] : [{ contestant: titleOf(results.contestants, contestant), value: found, counts: dropped === undefined }]
    })
    const goals = results.comparisons.flatMap(({ to, goals: aims }) => {
      const [aim, reference] = [aims[cell]?.[metric], medians.find(({ contestant }) => contestant === to)?.median]
      return aim === undefined || reference === undefined ? [] : [{ at: aim * reference, text: `goal: ${aim} × ${titleOf(results.contestants, to)}` }]
    })
    const words = medians.map(({ contestant, median }) => `${titleOf(results.contestants, contestant)}: ${value(median)} ${unit}`).join('; ')
    return figure(`${cellTitle} (${title}, ${unit})`, `${cellTitle}, ${title}. Medians: ${words}`, {
      height: ROW * medians.length + 64,
      marginLeft: LABELS,
      marginRight: 40,
      marginTop: 34,
      x: { label: null, zero: true, grid: true, nice: true },
      y: { label: null, domain: contestantColors(results).domain.filter((one) => dots.some(({ contestant }) => contestant === one)) },
      color: contestantColors(results),
      marks: [
        Plot.ruleX(goals, { x: 'at', stroke: 'var(--goal)', strokeWidth: 1.5, strokeDasharray: '5 4' }),
        Plot.text(goals, { x: 'at', text: 'text', frameAnchor: 'top', dx: -6, dy: -16, textAnchor: 'end', fill: 'var(--goal)' }),
        Plot.dot(dots, {
          x: 'value',
          y: 'contestant',
          fill: (one: (typeof dots)[number]) => (one.counts ? one.contestant : null),
          r: 4,
          fillOpacity: 0.55,
          filter: 'counts',
        }),
        Plot.dot(dots, { x: 'value', y: 'contestant', stroke: 'contestant', r: 4, strokeOpacity: 0.6, filter: (one: (typeof dots)[number]) => !one.counts }),
        Plot.tickX(medians, {
          x: 'median',
          y: ({ contestant }: (typeof medians)[number]) => titleOf(results.contestants, contestant),
          strokeWidth: 3,
          stroke: ({ contestant }: (typeof medians)[number]) => titleOf(results.contestants, contestant),
          inset: 4,
        }),
        Plot.text(medians, {
          x: 'median',
          y: ({ contestant }: (typeof medians)[number]) => titleOf(results.contestants, contestant),
          text: ({ median }: (typeof medians)[number]) => `${value(median)} ${unit}`,
          dy: -16,
          fontWeight: 600,
        }),
      ],
    })
  })
}

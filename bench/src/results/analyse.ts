import { median, quantile } from '../statistics/quantile.ts'
import { ratioOf, verdict, type Ratio, type Verdict } from '../statistics/ratio.ts'
import type { Metric, ResultFile } from './schema.ts'

/** One metric of one cell, compared. */
export interface Compared {
  readonly cell: string
  readonly metric: string
  readonly of: string
  readonly to: string
  readonly ratio: Ratio | undefined
  /** The ratio of a contestant to itself. */
  readonly floor: Ratio | undefined
  readonly verdict: Verdict
  readonly goal: Goal | undefined
}

/** A ratio that is aimed at. */
export interface Goal {
  readonly ratio: number
  /** On which side of it one wants to be. */
  readonly side: 'at most' | 'at least'
  readonly reached: boolean
}

/** The values that count of one metric of one cell and contestant. */
export interface Summary {
  readonly cell: string
  readonly metric: string
  readonly contestant: string
  readonly values: readonly number[]
  readonly median: number
  /** Quartiles. */
  readonly low: number
  readonly high: number
}

export function summaries(results: ResultFile): Summary[] {
  return Object.keys(results.cells).flatMap((cell) =>
    Object.keys(results.metrics).flatMap((metric) =>
      Object.keys(results.contestants).flatMap((contestant) => {
        const values = results.slots.flatMap((slot) => (slot.contestant === contestant && !slot.dropped ? (slot.cells[cell]?.[metric] ?? []) : []))
        if (values.length === 0) return []
        return [{ cell, metric, contestant, values, median: median(values), low: quantile(values, 0.25), high: quantile(values, 0.75) }]
      }),
    ),
  )
}

/** Every comparison of every metric that both sides have. */
export function comparisons(results: ResultFile): Compared[] {
  return Object.keys(results.cells).flatMap((cell) =>
    Object.keys(results.metrics).flatMap((metric) => {
      const at = { cell, metric }
      const floor = ratioOf(pairsOf(results, { ...at, ...results.floor }))
      return results.comparisons.flatMap(({ of, to, goals }) => {
        const ratio = ratioOf(pairsOf(results, { ...at, of, to }))
        return ratio
          ? [{ ...at, of, to, ratio, floor, verdict: verdict(ratio, floor), goal: goalOf(ratio, goals[cell]?.[metric], results.metrics[metric]) }]
          : []
      })
    }),
  )
}

function goalOf({ ratio }: Ratio, goal: number | undefined, metric: Metric | undefined): Goal | undefined {
  if (goal === undefined) return undefined
  const isHigher = metric?.better === 'higher'
  return { ratio: goal, side: isHigher ? 'at least' : 'at most', reached: isHigher ? ratio >= goal : ratio <= goal }
}

interface PairSelection {
  readonly cell: string
  readonly metric: string
  readonly of: string
  readonly to: string
}

/** The values of two contestants in the same pass. A pass of which one does not count is left out. */
function pairsOf({ slots, passes }: ResultFile, { cell, metric, of, to }: PairSelection): (readonly [number, number])[] {
  const valueOf = (contestant: string, pass: number) =>
    slots.find((slot) => slot.contestant === contestant && slot.pass === pass && !slot.dropped && slot.cells[cell]?.[metric] !== undefined)?.cells[cell]?.[
      metric
    ]
  return Array.from({ length: passes }, (_, pass) => [valueOf(of, pass), valueOf(to, pass)] as const).flatMap(([value, reference]) =>
    value === undefined || reference === undefined ? [] : [[value, reference] as const],
  )
}

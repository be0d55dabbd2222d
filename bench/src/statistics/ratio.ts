import { median, quantile } from './quantile.ts'
import { seededRandom } from './random.ts'

/** A ratio with its 95 % confidence interval. */
export interface Ratio {
  readonly ratio: number
  readonly low: number
  readonly high: number
  /** Pairs that it is made of. */
  readonly pairs: number
}

const RESAMPLES = 4_000
const SEED = 20_260_101

/**
 * The median of the ratios of pairs, with the interval in which the medians of 95 % of resamples are (percentile bootstrap over pairs). Ratios are
 * compared as logarithms, so that half and double are equally far. With few pairs the interval is as wide as the pairs themselves.
 * @param pairs what is compared, and what it is compared to, measured beside each other
 * @returns nothing without pairs
 */
export function ratioOf(pairs: readonly (readonly [value: number, reference: number])[]): Ratio | undefined {
  const logs = pairs
    .map(([value, reference]) => Math.log(value / reference))
    .filter(Number.isFinite)
    .toSorted((a, b) => a - b)
  if (logs.length === 0) return undefined
  const medians = resampledMedians(logs)
  return {
    ratio: Math.exp(median(logs)),
    low: Math.exp(quantile(medians, 0.025)),
    high: Math.exp(quantile(medians, 0.975)),
    pairs: logs.length,
  }
}

/** Medians of samples of the same size, drawn with replacement. Sorting places instead of values: this runs for every number of a page. */
function resampledMedians(sorted: readonly number[]): number[] {
  const random = seededRandom(SEED)
  const places = new Uint16Array(sorted.length)
  const at = (index: number) => sorted[places[index] as number] as number
  return Array.from({ length: RESAMPLES }, () => {
    for (let index = 0; index < places.length; index++) places[index] = Math.floor(random() * sorted.length)
    places.sort()
    return (at((places.length - 1) >> 1) + at(places.length >> 1)) / 2
  })
}

export type Verdict = 'different' | 'no difference' | 'unknown'

/**
 * Whether two contestants differ: not if their ratio is one that two runs of the same contestant have too, nor if its interval contains 1.
 * @param floor the ratio of a contestant to itself
 */
export function verdict(ratio: Ratio | undefined, floor: Ratio | undefined): Verdict {
  if (!ratio || !floor) return 'unknown'
  const asTheSame = ratio.ratio >= floor.low && ratio.ratio <= floor.high
  const undecided = ratio.low <= 1 && ratio.high >= 1
  return asTheSame || undecided ? 'no difference' : 'different'
}

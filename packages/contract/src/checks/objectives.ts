import type { Objectives } from '../objectives.ts'
import { checkDuration } from './duration.ts'

export function* checkObjectives(path: string, { latency, successRatio, window }: Objectives = {}): Generator<string> {
  yield* checkDuration(`${path}.window`, window)
  if (latency) {
    yield* checkDuration(`${path}.latency.within`, latency.within)
    if (latency.within === undefined) yield `${path}.latency.within: is not set; write a duration such as "30s"`
    if (!isBetween(latency.percentile, 100)) yield `${path}.latency.percentile: ${latency.percentile} must be more than 0 and less than 100, such as 95`
  }
  if (successRatio !== undefined && !isBetween(successRatio, 1))
    yield `${path}.successRatio: ${successRatio} must be more than 0 and less than 1, such as 0.99; a promise of 1 could never be kept`
}

function isBetween(value: number, end: number): boolean {
  return Number.isFinite(value) && value > 0 && value < end
}

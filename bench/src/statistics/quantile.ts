/**
 * A quantile with linear interpolation between the two values beside it, as most tools do it (type 7 of Hyndman and Fan).
 * @param p 0 to 1
 */
export function quantile(values: readonly number[], p: number): number {
  if (values.length === 0) return NaN
  const sorted = values.toSorted((a, b) => a - b)
  const position = (sorted.length - 1) * p
  const below = Math.floor(position)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return low + (high - low) * (position - below)
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

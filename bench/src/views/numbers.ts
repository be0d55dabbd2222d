import type { Ratio } from '../statistics/ratio.ts'

/** A value with three digits that matter. */
export function value(number: number): string {
  if (!Number.isFinite(number)) return '–'
  if (number === 0) return '0'
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(number))))
  return number.toFixed(Math.min(digits, 3)).replace(/\B(?=(\d{3})+(?!\d)(?<!\.\d*))/g, ' ')
}

/** Such as `1.48 (1.41 to 1.55)`. */
export function ratioText(ratio: Ratio | undefined): string {
  return ratio === undefined ? '–' : `${ratio.ratio.toFixed(2)} (${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)})`
}

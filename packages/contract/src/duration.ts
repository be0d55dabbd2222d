/**
 * A length of time: a number of milliseconds, or a number and a unit such as `'500ms'`, `'30s'`, `'5m'`, `'2h'`, `'7d'`.
 *
 * The Temporal SDK's own `Duration` resolves to `any` under TypeScript 7 with `nodenext`, so that a typo compiles; this one does not.
 */
export type Duration = number | `${number}${DurationUnit}`
export type DurationUnit = keyof typeof MILLISECONDS

const MILLISECONDS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** Milliseconds of a duration. Throws a `RangeError` that names the allowed forms. */
export function toMilliseconds(duration: Duration): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(String(duration))
  const milliseconds = match ? Number(match[1]) * MILLISECONDS[(match[2] ?? 'ms') as DurationUnit] : Number.NaN
  if (!Number.isFinite(milliseconds)) {
    throw new RangeError(`"${duration}" is not a duration; write milliseconds, or a number with ms, s, m, h or d, such as "30s"`)
  }
  return milliseconds
}

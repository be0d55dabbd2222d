/** How the supervisor paces itself. All in milliseconds, except where said. */
export interface SupervisorTiming {
  /** The wait before the first restart; it doubles with each further death. @default 1000 */
  readonly firstBackoffMs: number
  /** The longest wait before a restart. @default 30000 */
  readonly longestBackoffMs: number
  /** A service that was ready for this long starts over with the first wait. @default 60000 */
  readonly healthyAfterMs: number
  /** Deaths of a service that was never ready before the start has failed. @default 5 */
  readonly startAttempts: number
  /** Runs of a job before the start has failed. @default 3 */
  readonly jobAttempts: number
  /** How long the whole start may take. Programs of a first start write schemas; the slowest seen takes a minute. @default 180000 */
  readonly startDeadlineMs: number
  /** How often the sizes of logs are looked at. @default 10000 */
  readonly logCheckMs: number
}

export const DEFAULT_TIMING: SupervisorTiming = {
  firstBackoffMs: 1_000,
  longestBackoffMs: 30_000,
  healthyAfterMs: 60_000,
  startAttempts: 5,
  jobAttempts: 3,
  startDeadlineMs: 180_000,
  logCheckMs: 10_000,
}

/** The wait before the restart that follows this many deaths in a row. */
export function backoffMs(deaths: number, timing: SupervisorTiming): number {
  return Math.min(timing.longestBackoffMs, timing.firstBackoffMs * 2 ** Math.max(0, deaths - 1))
}

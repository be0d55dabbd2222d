/** How the supervisor paces itself. All in milliseconds, except where said. */
export interface SupervisorTiming {
  /** The wait before the first restart; it doubles with each further death. Short: most deaths are the only one. @default 250 */
  readonly firstBackoffMs: number
  /** The longest wait before a restart. @default 30000 */
  readonly longestBackoffMs: number
  /** A service that was ready for this long starts over with the first wait: one that dies every few seconds never gets there. @default 10000 */
  readonly healthyAfterMs: number
  /** Deaths of a service that was never ready before the start has failed. @default 5 */
  readonly startAttempts: number
  /** Runs of a job before the start has failed. @default 3 */
  readonly jobAttempts: number
  /** How long the whole start may take. Programs of a first start write schemas; the slowest seen takes a minute. @default 180000 */
  readonly startDeadlineMs: number
  /**
   * Failed probes in a row before a service that was ready is not any more. One that is busy for a moment misses one or two, and others
   * would wait for it. @default 3
   */
  readonly failuresBeforeNotReady: number
  /**
   * A service that answered once, and then gives no answer of any kind to its probes for this long, is killed and started again. Much longer
   * than a collection of garbage, a checkpoint or a busy machine takes; a person would look at it after the same time. @default 30000
   */
  readonly hungAfterMs: number
  /** The same for a service that never answered since it was started: slow is not hung. @default 180000 */
  readonly silentStartMs: number
  /** How long a restart that was asked for is waited for. @default 60000 */
  readonly restartDeadlineMs: number
  /** How often the sizes of logs are looked at. @default 10000 */
  readonly logCheckMs: number
}

export const DEFAULT_TIMING: SupervisorTiming = {
  firstBackoffMs: 250,
  longestBackoffMs: 30_000,
  healthyAfterMs: 10_000,
  startAttempts: 5,
  jobAttempts: 3,
  startDeadlineMs: 180_000,
  failuresBeforeNotReady: 3,
  hungAfterMs: 30_000,
  silentStartMs: 180_000,
  restartDeadlineMs: 60_000,
  logCheckMs: 10_000,
}

/** The wait before the restart that follows this many deaths in a row. */
export function backoffMs(deaths: number, timing: SupervisorTiming): number {
  return Math.min(timing.longestBackoffMs, timing.firstBackoffMs * 2 ** Math.max(0, deaths - 1))
}

import type { Duration } from './duration.ts'

/** What a team promises of a workflow: its dashboard shows it, and its alerts tell when the promise is at risk. */
export interface Objectives {
  /** How long a workflow takes, from its start to its end. */
  readonly latency?: {
    /** Of 100 workflows, this many are as fast: more than 0 and less than 100. */
    readonly percentile: number
    /** The time that these take at most. */
    readonly within: Duration
  }
  /** The share of workflows that end well: more than 0 and less than 1, such as `0.999`. A declared error is an answer, so it is no failure here. */
  readonly successRatio?: number
  /** The time over which the promise is kept. @default '30d' */
  readonly window?: Duration
}

import type { Duration } from './duration.ts'

/**
 * What happens when the last workflow that a schedule started still runs when the next one is due, in Temporal's words:
 * - `skip`: nothing;
 * - `buffer-one`: the next one starts when it ends, and more are not remembered;
 * - `buffer-all`: all start, one after another;
 * - `cancel-other`, `terminate-other`: it is ended, and the next one starts;
 * - `allow-all`: both run.
 */
export type OverlapPolicy = 'skip' | 'buffer-one' | 'buffer-all' | 'cancel-other' | 'terminate-other' | 'allow-all'

/** A workflow of the contract that is started again and again. It is made in Temporal, changed when its declaration changes, and removed with it. */
export type ScheduleDefinition<Workflow extends string = string, Input = unknown> = {
  /** One line for people. */
  readonly description: string
  /** A workflow type of this contract. Each one that is started has its time in its id. */
  readonly workflow: Workflow
  /** What starts it, as a caller writes it. */
  readonly input: Input
  /** A moment is moved by up to this much, so that not everything starts at once. @default not at all */
  readonly jitter?: Duration
  /** @default 'skip' */
  readonly overlap?: OverlapPolicy
  /** What was due while Temporal was down is started late by up to this much, and otherwise missed. At least 10 seconds. @default '1d' */
  readonly catchupWindow?: Duration
  /** Whether a workflow that fails or times out stops the schedule until somebody lets it go on. @default false */
  readonly pauseOnFailure?: boolean
  /** Whether it waits, when it is made, until somebody lets it go on. Later, that is for people: a change of the contract does not touch it. @default false */
  readonly paused?: boolean
} & (
  | {
      /** When: five fields such as `'0 6 * * 1-5'`, or a word such as `'@daily'`; several are all meant. */
      readonly cron: string | readonly string[]
      /** Where the clock of `cron` hangs, such as `'Europe/Berlin'`. @default 'UTC' */
      readonly timezone?: string
      readonly every?: never
      readonly offset?: never
    }
  | {
      /** When: each time that this much has passed, counted from 1970. */
      readonly every: Duration
      /** Later by this much: less than `every`. @default 0 */
      readonly offset?: Duration
      readonly cron?: never
      readonly timezone?: never
    }
)

/** The id that a schedule of a contract has in Temporal; contracts may share a namespace. */
export function scheduleId(contract: string, schedule: string): string {
  return `${contract}.${schedule}`
}

import type { Contestant, Workspace } from '../contestants/contestant.ts'
import type { Noise } from '../machine/noise.ts'
import type { Comparison, Metric } from '../results/schema.ts'

/** What every contestant of a bench is; most run workflows. */
export type Measured = Pick<Contestant, 'id' | 'title' | 'description' | 'prepare'>

export interface SlotRequest<C extends Measured = Contestant> {
  readonly contestant: C
  readonly phase: string
  readonly quick: boolean
  readonly workspace: Workspace
}

export interface SlotResult {
  readonly noise: Noise
  /** Why it must not count, beside noise. */
  readonly fault?: string
  readonly cells: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** What the contestant was configured with. */
  readonly settings: Readonly<Record<string, string>>
}

/** Something to measure of several contestants. */
export interface Bench<C extends Measured = Contestant> {
  readonly name: string
  readonly title: string
  /** In a sentence, for --help. */
  readonly summary: string
  readonly contestants: readonly C[]
  /** A pass goes through all contestants once for each of these. */
  readonly phases: readonly string[]
  readonly passes: { readonly full: number; readonly quick: number }
  /** What is done in a slot, or which slot it is, with titles for people. */
  readonly cells: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, Metric>>
  /** Cells whose first metric is shown large. */
  readonly headlines: readonly string[]
  /** Metrics of the short table. */
  readonly inTable: readonly string[]
  readonly comparisons: readonly Comparison[]
  readonly floor: { readonly of: string; readonly to: string }
  /** Sizes and times of it, for the record. */
  load(quick: boolean): Readonly<Record<string, number | string>>
  /** Starts a contestant, measures it, and stops it, whatever happens. */
  measure(request: SlotRequest<C>): Promise<SlotResult>
  /** Ends what was kept from slot to slot. @default nothing was */
  finish?(): Promise<void>
}

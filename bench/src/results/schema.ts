import { z } from 'zod'

const share = z.number().min(0)

/** How quiet the machine was; see machine/noise.ts. */
const noise = z.strictObject({ steal: share, iowait: share, foreign: share, load: z.number() })

const metric = z.strictObject({
  title: z.string(),
  unit: z.string(),
  /** Which direction is an improvement. */
  better: z.enum(['lower', 'higher']),
})

const contestant = z.strictObject({ title: z.string(), description: z.string(), settings: z.record(z.string(), z.string()) })

const comparison = z.strictObject({
  of: z.string(),
  to: z.string(),
  /** The ratio that is aimed at, by cell and metric. */
  goals: z.record(z.string(), z.record(z.string(), z.number())),
})

/** One contestant, started, measured and stopped. */
const slot = z.strictObject({
  /** From 0. */
  pass: z.int().min(0),
  phase: z.string(),
  contestant: z.string(),
  startedAt: z.iso.datetime(),
  noise,
  /** Why it does not count. It is kept here to be seen. */
  dropped: z.string().optional(),
  /** Values by what was done and what was measured. */
  cells: z.record(z.string(), z.record(z.string(), z.number())),
})

/** A file of results: everything that the page is made of, with every sample. */
export const resultFile = z.strictObject({
  format: z.literal(1),
  bench: z.string(),
  title: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  quick: z.boolean(),
  seed: z.int(),
  passes: z.int(),
  /** Contestants in the order in which they ran, by phase and pass. */
  order: z.record(z.string(), z.array(z.array(z.string()))),
  commit: z.strictObject({ hash: z.string(), changed: z.boolean() }),
  machine: z.record(z.string(), z.string()),
  versions: z.record(z.string(), z.string()),
  /** Cells whose first metric is shown large. */
  headlines: z.array(z.string()),
  /** Metrics of the short table. */
  inTable: z.array(z.string()),
  /** What makes a slot not count, fixed before the run. */
  rule: z.strictObject({ steal: z.number(), foreign: z.number(), applied: z.boolean() }),
  /** Sizes and times of what was done in each slot. */
  load: z.record(z.string(), z.union([z.number(), z.string()])),
  /** Titles of what was done, in the order in which it is shown. */
  cells: z.record(z.string(), z.string()),
  metrics: z.record(z.string(), metric),
  contestants: z.record(z.string(), contestant),
  comparisons: z.array(comparison),
  /** Two contestants that are the same: their ratio is the noise floor. */
  floor: z.strictObject({ of: z.string(), to: z.string() }),
  slots: z.array(slot),
})

export type ResultFile = z.infer<typeof resultFile>
export type Slot = z.infer<typeof slot>
export type Comparison = z.infer<typeof comparison>
export type Metric = z.infer<typeof metric>

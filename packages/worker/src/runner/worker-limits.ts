import type { SettingsReader } from '@sundial/runtime'
import { cacheSize } from './cache-size.ts'

/** How much a worker does at a time, and how long it may take to stop. */
export interface WorkerLimits {
  /** Activities at the same time, at most. There may be fewer: as many as memory and processors allow. */
  readonly activities: number
  /** Workflows that are kept in memory between their tasks. */
  readonly cachedWorkflows: number
  /** Seconds that running activities get when the worker is asked to stop. */
  readonly graceSeconds: number
}

/** Milliseconds after the grace: then the worker ends whether or not activities did, which may ignore that they are cancelled. */
const FORCE_AFTER_MS = 7000
/** Milliseconds after the grace in which all of stopping must be done, or the process says what it was at and exits. */
const DEADLINE_AFTER_MS = 13_000

const MAX_ACTIVITIES = 1000
const GRACE_SECONDS = 25

/** Reads WORKER_MAX_ACTIVITIES, WORKER_MAX_CACHED_WORKFLOWS and WORKER_GRACE_SECONDS. Problems go to the reader. */
export function readWorkerLimits(reader: SettingsReader): WorkerLimits {
  return {
    activities: reader.number('WORKER_MAX_ACTIVITIES', { default: MAX_ACTIVITIES, min: 1 }),
    cachedWorkflows: reader.number('WORKER_MAX_CACHED_WORKFLOWS', { default: cacheSize(), min: 2 }),
    graceSeconds: reader.number('WORKER_GRACE_SECONDS', { default: GRACE_SECONDS, min: 0, max: 24 * 3600 }),
  }
}

/** The times of stopping, in milliseconds. Whoever stops the process waits 15 s longer than the grace, as the platform does. */
export function stopTimes({ graceSeconds }: Pick<WorkerLimits, 'graceSeconds'>): { graceMs: number; forceMs: number; deadlineMs: number } {
  const graceMs = graceSeconds * 1000
  return { graceMs, forceMs: graceMs + FORCE_AFTER_MS, deadlineMs: graceMs + DEADLINE_AFTER_MS }
}

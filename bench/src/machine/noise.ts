import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'

/** What the processors did since the machine started, in ticks of all of them. */
interface ProcessorTimes {
  readonly busy: number
  readonly iowait: number
  readonly steal: number
  readonly total: number
}

/** How quiet the machine was while something was measured. Shares are of all processor time, 0 to 1. */
export interface Noise {
  /** Taken by other guests of the host. */
  readonly steal: number
  readonly iowait: number
  /** Used by processes that are not measured, the kernel's own threads included. */
  readonly foreign: number
  /** Of one minute, at the end. */
  readonly load: number
}

const TICKS_PER_SECOND = 100

export function readProcessors(): ProcessorTimes {
  const [, ...fields] = (readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? '').split(/\s+/)
  // proc(5): the times of guests are contained in user and nice.
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = fields.map(Number)
  const busy = user + nice + system + irq + softirq
  return { busy, iowait, steal, total: busy + idle + iowait + steal }
}

/** @param ownCpuSeconds what all measured processes used in between */
export function noiseBetween(before: ProcessorTimes, after: ProcessorTimes, ownCpuSeconds: number): Noise {
  const total = Math.max(1, after.total - before.total)
  const foreign = after.busy - before.busy - ownCpuSeconds * TICKS_PER_SECOND
  return {
    steal: (after.steal - before.steal) / total,
    iowait: (after.iowait - before.iowait) / total,
    foreign: Math.max(0, foreign / total),
    load: loadavg()[0] ?? 0,
  }
}

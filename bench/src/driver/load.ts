import type { Client } from '@temporalio/client'
import { now } from '../clock.ts'
import { TASK_QUEUE } from './client.ts'

export interface LoadOptions {
  readonly workflow: 'echo' | 'one-activity'
  /** How many workflows are under way at any time: each that completes is followed by a new one. */
  readonly concurrency: number
  /** New ones are started for this long, seconds. */
  readonly seconds: number
}

export interface LoadResult {
  /** All that completed, those too that did after the time. */
  readonly completed: number
  /** Those that completed within the time. */
  readonly completedInTime: number
  /** From the request to start until the result was here, milliseconds, of each that completed. */
  readonly latenciesMs: readonly number[]
  /** What went wrong, in words, of each that did not complete. */
  readonly failures: readonly string[]
}

/** A closed loop: it measures what the contestant can do, and waits for what it started. */
export async function load(client: Client, { workflow, concurrency, seconds }: LoadOptions): Promise<LoadResult> {
  const begin = now()
  const end = begin + seconds * 1000
  const latenciesMs: number[] = []
  const failures: string[] = []
  let started = 0
  let completedInTime = 0
  const loop = async () => {
    for (let startedAt = now(); startedAt < end; startedAt = now()) {
      const workflowId = `${workflow}-${process.pid}-${Math.round(begin)}-${started++}`
      try {
        await client.workflow.execute(workflow, { workflowId, taskQueue: TASK_QUEUE, args: [{ text: 'load' }] })
        const completedAt = now()
        latenciesMs.push(completedAt - startedAt)
        if (completedAt <= end) completedInTime++
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error))
      }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, loop))
  return { completed: latenciesMs.length, completedInTime, latenciesMs, failures }
}

import { SundialError } from '@sundial/platform/errors'

/** Runs a job as this process: stops it at a signal, and ends with 0 or with 1 and what went wrong. */
export async function runJob(job: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController()
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort(new Error(`stopped by ${name}`)))
  try {
    await job(stop.signal)
  } catch (error) {
    console.error(error instanceof SundialError ? `${error.message}\n${error.hint}` : error)
    process.exitCode = 1
  }
}

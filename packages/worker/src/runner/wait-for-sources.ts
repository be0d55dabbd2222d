import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@sundial/runtime'
import type { ReadinessSource } from './worker-readiness.ts'

/** Milliseconds between two looks at what the probes know. */
const LOOK_EVERY_MS = 50

export interface WaitForSourcesOptions {
  readonly logger: Logger
  /** Ends the waiting: the promise rejects. */
  readonly signal: AbortSignal
}

/**
 * Waits until every probe, by name, says that what it asks is there, and logs why not whenever the reason changes. The server's says that it
 * knows the namespace and lets us in. To be done before the SDK's core connects: a connection that fails takes the core and its metrics down,
 * and a worker that could not be created keeps another from being created for a while.
 */
export async function waitForSources(sources: Readonly<Record<string, ReadinessSource>>, { logger, signal }: WaitForSourcesOptions): Promise<void> {
  // That there is no answer yet is no news.
  const reported = new Map(Object.entries(sources).map(([name, source]) => [name, source.state().message]))
  for (;;) {
    const missing = Object.entries(sources).flatMap(([name, source]) => {
      const { ok, message } = source.state()
      return ok ? [] : [{ name, message }]
    })
    if (missing.length === 0) return
    for (const { name, message } of missing) {
      if (message !== reported.get(name)) logger.warn({ reason: message }, `waiting for ${name}`)
      reported.set(name, message)
    }
    await delay(LOOK_EVERY_MS, undefined, { signal })
  }
}

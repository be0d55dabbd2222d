import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@sundial/runtime'
import type { ReadinessSource } from './worker-readiness.ts'

/** Milliseconds between two looks at what the probe knows. */
const LOOK_EVERY_MS = 200

export interface WaitForServerOptions {
  readonly logger: Logger
  /** Ends the waiting: the promise rejects. */
  readonly signal: AbortSignal
}

/**
 * Waits until a probe of the server says that it is there, knows the namespace and lets us in, and logs why not whenever the
 * reason changes. To be done before the SDK's core connects: a connection that fails takes the core and its metrics down, and
 * a worker that could not be created keeps another from being created for a while.
 */
export async function waitForServer(probe: ReadinessSource, { logger, signal }: WaitForServerOptions): Promise<void> {
  // That there is no answer yet is no news.
  let reported = probe.state().message
  for (;;) {
    const { ok, message } = probe.state()
    if (ok) return
    if (message !== reported) logger.warn({ reason: message }, 'waiting for Temporal')
    reported = message
    await delay(LOOK_EVERY_MS, undefined, { signal })
  }
}

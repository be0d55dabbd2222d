import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@sundial/runtime'

export interface RetryOptions {
  /** What is tried, for the log: "connect to Temporal". */
  readonly task: string
  readonly logger: Logger
  /** Ends the trying: the promise rejects with the signal's reason. */
  readonly signal: AbortSignal
}

/** Milliseconds before the second try; each further pause doubles, up to the maximum. */
const FIRST_PAUSE_MS = 500
const MAX_PAUSE_MS = 5000

/** Tries until it succeeds or the signal says stop. A `TypeError` is a mistake in the program, which no time repairs: it is thrown. */
export async function retry<T>(attempt: () => Promise<T>, { task, logger, signal }: RetryOptions): Promise<T> {
  const stopped = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
  stopped.catch(() => {})
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    signal.throwIfAborted()
    try {
      return await Promise.race([attempt(), stopped])
    } catch (error) {
      if (signal.aborted || error instanceof TypeError) throw error
      logger.warn({ reason: (error as Error).message, nextTryMs: pauseMs }, `could not ${task}`)
    }
    // Half of it by chance, so that the workers of a cluster do not all come at once.
    await delay(pauseMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {})
  }
}

import { setTimeout as wait } from 'node:timers/promises'

/** The pause between two attempts, in milliseconds. Others wait for what this waits for, and an attempt costs little. */
const PAUSE_MS = 50

/**
 * Repeats `attempt` until it succeeds. When the signal aborts, throws what the last attempt threw.
 *
 * @param onFailure hears of each failed attempt; what it throws ends the repetition
 */
export async function retry<T>(signal: AbortSignal, attempt: () => Promise<T>, onFailure: (error: unknown) => void): Promise<T> {
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (signal.aborted) throw error
      onFailure(error)
      await wait(PAUSE_MS, undefined, { signal }).catch(() => {})
    }
  }
}

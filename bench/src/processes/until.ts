import { setTimeout as pause } from 'node:timers/promises'

export interface Patience {
  readonly signal: AbortSignal
  /** Between two looks, milliseconds. @default 20 */
  readonly everyMs?: number
  /** Whether waiting longer is of no use after an error. @default never */
  readonly isFinal?: (error: unknown) => boolean
}

/** How long anything that is waited for may take, milliseconds. */
const DEADLINE_MS = 120_000

/** Asks until the answer is there. What is thrown meanwhile counts as "not yet", and is told in the end if it stays so. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, { signal, everyMs = 20, isFinal }: Patience): Promise<T> {
  const deadline = performance.now() + DEADLINE_MS
  for (let reason: unknown; ;) {
    signal.throwIfAborted()
    try {
      const answer = await ask()
      if (answer !== undefined) return answer
    } catch (error) {
      if (isFinal?.(error)) throw error
      reason = error
    }
    if (performance.now() > deadline) throw new Error(`waited ${DEADLINE_MS / 1000} s until ${what}`, { cause: reason })
    await pause(everyMs, undefined, { signal })
  }
}

import { setTimeout as delay } from 'node:timers/promises'
import { behaviourOf } from './cards.ts'

/** The troubles that a real provider has now and then, and the sandbox has with certain cards, so that they can be tried. */
export interface Troubles {
  /** Whether to answer this request with 503 and forget it. */
  isDown(key: string, cardNumber: string): boolean
  /** Waits as long as the first answer to this key must wait. A second request of the key waits for what is left. */
  wait(key: string, cardNumber: string): Promise<void>
}

export function createTroubles(slowMs: number): Troubles {
  const failures = new Map<string, number>()
  const waits = new Map<string, Promise<void>>()
  return {
    isDown(key, cardNumber) {
      const seen = failures.get(key) ?? 0
      if (seen >= (behaviourOf(cardNumber).failures ?? 0)) return false
      failures.set(key, seen + 1)
      return true
    },
    wait(key, cardNumber) {
      if (!behaviourOf(cardNumber).slow) return Promise.resolve()
      const known = waits.get(key)
      if (known) return known
      const wait = delay(slowMs)
      waits.set(key, wait)
      return wait
    },
  }
}

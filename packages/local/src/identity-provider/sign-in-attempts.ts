/** Wrong passwords for one name before it has to wait. */
const ALLOWED = 5
/** How long it has to wait then, in milliseconds. */
const WAIT_MS = 30_000
/** Names that are remembered: a guesser can send any number of them. */
const LIMIT = 1_000

/** Slows down guessing: after five wrong passwords in a row for a name, none is looked at for 30 seconds. */
export class SignInAttempts {
  readonly #failures = new Map<string, { count: number; last: number }>()
  readonly #now: () => number
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Seconds until the next attempt for this name is looked at; 0 when it may be made now. */
  waitSeconds(name: string): number {
    const failures = this.#failures.get(name)
    if (failures === undefined || failures.count < ALLOWED) return 0
    return Math.max(0, Math.ceil((failures.last + WAIT_MS - this.#now()) / 1000))
  }

  failed(name: string): void {
    const before = this.#failures.get(name)
    const waited = before !== undefined && before.count >= ALLOWED
    // After the wait one more attempt is free, and the next failure makes it wait again.
    this.#failures.delete(name)
    this.#failures.set(name, { count: waited ? ALLOWED : (before?.count ?? 0) + 1, last: this.#now() })
    const [oldest] = this.#failures.keys()
    if (this.#failures.size > LIMIT && oldest !== undefined) this.#failures.delete(oldest)
  }

  succeeded(name: string): void {
    this.#failures.delete(name)
  }
}

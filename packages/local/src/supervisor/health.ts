import type { ProbeResult } from './probe-loop.ts'
import type { SupervisorTiming } from './timing.ts'

/** Of a service that runs: `hung` is one that has to be killed, since it will not come back by itself. */
export type Verdict = 'starting' | 'ready' | 'not-ready' | 'hung'

/** A verdict needs as many silent probes in a row as this, besides the time: one long sleep of the machine is one probe. */
const SILENT_PROBES = 5

/** What the probes of one run of a service say about it, one after the other. */
export class Health {
  readonly #timing: SupervisorTiming
  #wasReady = false
  #hasAnswered = false
  /** Failed probes in a row. */
  #failures = 0
  /** Probes in a row without any answer. */
  #silent = 0
  #silentSince: number

  /** @param now milliseconds of the monotonic clock: the wall clock may be set while it runs */
  constructor(timing: SupervisorTiming, now = performance.now()) {
    this.#timing = timing
    this.#silentSince = now
  }

  /** An answer of any kind shows that it is alive: a service that says that it is not ready knows why, and a restart would not help it. */
  add({ ready, answered }: ProbeResult, now = performance.now()): Verdict {
    if (ready || answered) {
      this.#silent = 0
      this.#silentSince = now
      this.#hasAnswered = true
    } else this.#silent += 1
    this.#failures = ready ? 0 : this.#failures + 1
    this.#wasReady ||= ready
    if (ready) return 'ready'
    if (this.#silent >= SILENT_PROBES && this.silence(now) >= this.limit()) return 'hung'
    if (!this.#wasReady) return 'starting'
    return this.#failures < this.#timing.failuresBeforeNotReady ? 'ready' : 'not-ready'
  }

  /** How long it has been silent, milliseconds. */
  silence(now = performance.now()): number {
    return now - this.#silentSince
  }

  /** How long it may be silent, milliseconds. */
  limit(): number {
    return this.#hasAnswered ? this.#timing.hungAfterMs : this.#timing.silentStartMs
  }
}

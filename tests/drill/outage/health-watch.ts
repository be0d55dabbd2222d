import { setTimeout as delay } from 'node:timers/promises'

/** Milliseconds between two looks. */
const LOOK_MS = 200
/** A process that is not ready again after this many milliseconds never will be. */
const PATIENCE_MS = 60_000

interface Look {
  readonly at: number
  readonly ready: boolean
}

/** Asks processes again and again whether they live and are ready. */
export class HealthWatch {
  readonly #looks: Record<string, Look[]> = {}
  readonly #over = new AbortController()
  #notAlive = 0

  /** @param addresses of their operations ports, by name */
  constructor(addresses: Readonly<Record<string, string>>) {
    for (const [name, address] of Object.entries(addresses)) void this.#follow(name, address)
  }

  /** Waits until each has been ready after a moment. */
  async untilReady(since: number): Promise<void> {
    const isReady = () => Object.values(this.#looks).every((looks) => looks.some(({ at, ready }) => at > since && ready))
    for (const end = performance.now() + PATIENCE_MS; !isReady() && performance.now() < end;) await delay(LOOK_MS)
  }

  /** Ends it, and tells what was seen of an outage. A time that is missing is infinite. */
  close({ begun, ended }: { begun: number; ended: number }): {
    notReadyAfterMs: Record<string, number>
    readyAgainAfterMs: Record<string, number>
    notAlive: number
  } {
    this.#over.abort()
    const first = (since: number, wanted: boolean) =>
      Object.fromEntries(
        Object.entries(this.#looks).map(([name, looks]) => [
          name,
          Math.round((looks.find(({ at, ready }) => at > since && ready === wanted)?.at ?? Number.POSITIVE_INFINITY) - since),
        ]),
      )
    return { notReadyAfterMs: first(begun, false), readyAgainAfterMs: first(ended, true), notAlive: this.#notAlive }
  }

  async #follow(name: string, address: string): Promise<void> {
    const looks = (this.#looks[name] = [] as Look[])
    while (!this.#over.signal.aborted) {
      const [alive, ready] = await Promise.all(['/health', '/ready'].map((path) => isOk(`http://${address}${path}`)))
      if (!alive) this.#notAlive++
      looks.push({ at: performance.now(), ready: ready ?? false })
      await delay(LOOK_MS)
    }
  }
}

async function isOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false
  }
}

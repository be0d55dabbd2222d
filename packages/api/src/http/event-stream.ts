/** Server-sent events (the HTML standard, section 9.2). */

/** Milliseconds after which a client that lost its stream comes back. */
const RETRY_MS = 2000
/** Milliseconds without an event after which a comment is sent, so that nobody between takes the connection for dead. */
const HEARTBEAT_MS = 15_000

/** The first thing on a stream. */
export const STREAM_HEAD = `retry: ${RETRY_MS}\n\n`
export const HEARTBEAT = ':\n\n'
export const EVENT_STREAM = 'text/event-stream'

/** One event; `id` comes back as `Last-Event-ID` from a client that lost its stream. */
export function event(id: string, data: unknown): string {
  return `id: ${id}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Says when a heartbeat is due: call it often, and `sent` after each event. */
export function heart(): { due(): boolean; sent(): void } {
  let last = performance.now()
  const sent = () => void (last = performance.now())
  return { due: () => performance.now() - last >= HEARTBEAT_MS, sent }
}

/** Milliseconds pass, or less when one of the signals is aborted. Not AbortSignal.any(): what it makes is kept for as long as any of its sources. */
export function pause(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      for (const signal of signals) signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    for (const signal of signals) {
      if (signal.aborted) return end()
      signal.addEventListener('abort', end)
    }
  })
}

/** Counts what each subject has open. */
export class OpenStreams {
  readonly #open = new Map<string, number>()
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Takes a place; nothing when the subject has no more. Call what it gives once, to give the place back. */
  take(subject: string): (() => void) | undefined {
    const count = this.#open.get(subject) ?? 0
    if (count >= this.#limit) return undefined
    this.#open.set(subject, count + 1)
    return () => {
      const left = (this.#open.get(subject) ?? 1) - 1
      if (left === 0) this.#open.delete(subject)
      else this.#open.set(subject, left)
    }
  }
}

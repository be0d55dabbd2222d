import type { Temporal } from './temporal.ts'

/** What became of a wait. */
export type Outcome<T = unknown> = { readonly done: true; readonly result: T } | { readonly done: false }

export interface LongPollOptions<T> {
  /** Milliseconds. */
  readonly waitMs: number
  requests(): Promise<T>
  /** Ends the wait: the caller has gone. */
  readonly gone: AbortSignal
  /** Ends the wait, too: the API is stopping. For what goes on without us, and can be asked for again; leave it out for what only has to be fetched. */
  readonly stopping?: AbortSignal
}

/**
 * Milliseconds by which the deadline of the requests is later than the end of the wait. The server answers a long poll that is
 * near its deadline at once and without a result, and the SDK then asks again: a wait that ended at the deadline itself would
 * send hundreds of requests in its last second.
 */
const MARGIN_MS = 5000
/** A wait that begins while the API is stopping may take this long, in milliseconds: enough to tell of what has ended already. */
const LAST_LOOK_MS = 500

/**
 * Waits with requests that the server may hold. Not done when it takes longer than the wait, when the caller has gone, or when
 * the API is stopping; the requests are then cancelled.
 */
export async function longPoll<T>(temporal: Temporal, { waitMs, requests, gone, stopping }: LongPollOptions<T>): Promise<Outcome<T>> {
  const end = new AbortController()
  const giveUp = () => end.abort(new Error('the wait is over'))
  if (gone.aborted) return { done: false }
  // Not AbortSignal.any(): what it makes is kept for as long as any of its sources, and one of these lives as long as the process.
  const sources = stopping === undefined ? [gone] : [gone, stopping]
  for (const source of sources) source.addEventListener('abort', giveUp)
  const timer = setTimeout(giveUp, stopping?.aborted ? Math.min(waitMs, LAST_LOOK_MS) : waitMs)
  try {
    return { done: true, result: await temporal.call(requests, { timeoutMs: waitMs + MARGIN_MS, signal: end.signal }) }
  } catch (error) {
    if (end.signal.aborted && error === end.signal.reason) return { done: false }
    throw error
  } finally {
    clearTimeout(timer)
    for (const source of sources) source.removeEventListener('abort', giveUp)
  }
}

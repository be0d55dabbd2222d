import type { FastifyRequest } from 'fastify'
import type { ApiContext } from '../api-context.ts'

/** What became of a wait. */
export type Outcome<T = unknown> = { readonly done: true; readonly result: T } | { readonly done: false }

/**
 * Milliseconds by which the deadline of the requests is later than the end of the wait. The server answers a long poll that is
 * near its deadline at once and without a result, and the SDK then asks again: a wait that ended at the deadline itself would
 * send hundreds of requests in its last second.
 */
const MARGIN_MS = 5000

/**
 * Waits with requests that the server may hold. Not done when it takes longer than the wait, when the caller has gone, or when
 * the API is stopping; the requests are then cancelled.
 */
export async function longPoll<T>(
  { temporal, stopping }: ApiContext,
  request: FastifyRequest,
  { waitMs, requests }: { waitMs: number; requests: () => Promise<T> },
): Promise<Outcome<T>> {
  const end = new AbortController()
  const giveUp = () => end.abort(new Error('the wait is over'))
  // Not AbortSignal.any(): what it makes is kept for as long as any of its sources, and one of these lives as long as the process.
  const sources = [request.gone, stopping]
  if (sources.some(({ aborted }) => aborted)) return { done: false }
  for (const source of sources) source.addEventListener('abort', giveUp)
  const timer = setTimeout(giveUp, waitMs)
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

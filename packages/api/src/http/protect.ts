import { getHeapStatistics } from 'node:v8'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { problem } from './api-problem.ts'

/** How much an API lets itself be asked. */
export interface Limits {
  /** Requests of one subject in a minute, to this copy of the API. 0: as many as it likes. */
  readonly requestsPerMinute: number
  /** Streams of events that a subject may have open, to this copy of the API. @default 20 */
  readonly streamsPerSubject?: number
  /** Milliseconds that the event loop may be late, on the average of a second. @default 500 */
  readonly eventLoopDelayMs?: number
  /** Share of the heap that may be in use. @default 0.9 */
  readonly heapShare?: number
  /** Milliseconds for which it must have been too much before requests are refused: one long pause, such as that of a start, is no load. @default 2000 */
  readonly lastingMs?: number
}

const EVENT_LOOP_DELAY_MS = 500
const HEAP_SHARE = 0.9
const LASTING_MS = 2000
/** How often the load is looked at, in milliseconds. */
const SAMPLE_MS = 1000

/** Refuses requests while the process has more to do than it can, and prepares `app.rateLimit()`, which the operations use. */
export async function protect(app: FastifyInstance, limits: Limits): Promise<void> {
  const { eventLoopDelayMs = EVENT_LOOP_DELAY_MS, heapShare = HEAP_SHARE, lastingMs = LASTING_MS } = limits
  const lasts = lasting(lastingMs)
  await app.register(underPressure, {
    sampleInterval: SAMPLE_MS,
    maxEventLoopDelay: eventLoopDelayMs,
    maxHeapUsedBytes: getHeapStatistics().heap_size_limit * heapShare,
    pressureHandler: (...[, , type]) => {
      if (lasts()) throw problem('overloaded', `this copy of the API has too much to do (${type}); another may have less`)
    },
  })
  await app.register(rateLimit, {
    global: false,
    max: limits.requestsPerMinute,
    timeWindow: 60_000,
    // The names of the IETF's draft.
    enableDraftSpec: true,
    allowList: () => limits.requestsPerMinute === 0,
    // Operations authenticate first: a caller cannot use up the requests of another.
    keyGenerator: ({ caller }) => caller?.subject ?? '',
    errorResponseBuilder: (_request, { max, ttl }) => {
      const seconds = Math.max(1, Math.ceil(ttl / 1000))
      return problem('rate-limited', `a caller may send ${max} requests a minute; go on in ${seconds} s`, { headers: { 'retry-after': String(seconds) } })
    },
  })
}

/** Whether what is asked about again and again has been so for a time, without a pause longer than two samples. */
function lasting(ms: number): () => boolean {
  let since = 0
  let last = Number.NEGATIVE_INFINITY
  return () => {
    const now = performance.now()
    if (now - last > 2 * SAMPLE_MS) since = now
    last = now
    return now - since >= ms
  }
}

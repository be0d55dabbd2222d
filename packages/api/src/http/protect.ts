import { getHeapStatistics } from 'node:v8'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { problem } from './api-problem.ts'

/** How much an API lets itself be asked. */
export interface Limits {
  /** Requests of one subject in a minute, to this copy of the API. 0: as many as it likes. */
  readonly requestsPerMinute: number
  /** Milliseconds that the event loop may be late, on the average of a second. @default 500 */
  readonly eventLoopDelayMs?: number
  /** Share of the heap that may be in use. @default 0.9 */
  readonly heapShare?: number
}

const EVENT_LOOP_DELAY_MS = 500
const HEAP_SHARE = 0.9
/** How often the load is looked at, in milliseconds. */
const SAMPLE_MS = 1000

/** Refuses requests while the process has more to do than it can, and prepares `app.rateLimit()`, which the operations use. */
export async function protect(app: FastifyInstance, limits: Limits): Promise<void> {
  const { eventLoopDelayMs = EVENT_LOOP_DELAY_MS, heapShare = HEAP_SHARE } = limits
  await app.register(underPressure, {
    sampleInterval: SAMPLE_MS,
    maxEventLoopDelay: eventLoopDelayMs,
    maxHeapUsedBytes: getHeapStatistics().heap_size_limit * heapShare,
    pressureHandler: (...[, , type, value]) => {
      // It has measured nothing, which happens after one long pause, such as that of a start: that is no load that lasts.
      if (value === Number.POSITIVE_INFINITY) return
      throw problem('overloaded', `this copy of the API has too much to do (${type}); another may have less`)
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

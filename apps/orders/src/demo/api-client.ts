import type { TokenSource } from '@sundial/runtime'
import type { Fulfilment, Order, OrderStatus } from '../contract.ts'
import { ApiError, describe, isTemporary } from './api-error.ts'

export interface OrdersApiOptions {
  /** Where the orders API is. */
  readonly url: string
  readonly tokens: TokenSource
  /** Ends every call. */
  readonly signal: AbortSignal
  /** Hears why a call is made again. */
  readonly onRetry: (reason: string) => void
}

/** What this demo needs of the orders API. Its full description is at `/openapi.json` of the API itself. */
export interface OrdersApi {
  start(workflowId: string, order: Order): Promise<void>
  status(workflowId: string): Promise<OrderStatus>
  approve(workflowId: string, by: string): Promise<void>
  /** Waits for the end. Rejects with an {@link ApiError} when the order was not fulfilled. */
  result(workflowId: string): Promise<Fulfilment>
}

/** One call may take this long, in milliseconds; longer than the API itself waits for a result below. */
const CALL_MS = 30_000
const WAIT_SECONDS = 20
/** Pause after a temporary failure, in milliseconds: the platform may just be starting. */
const PAUSE_MS = 500

export function createOrdersApi(options: OrdersApiOptions): OrdersApi {
  const path = (workflowId: string) => `/v1/workflows/fulfil-order/${encodeURIComponent(workflowId)}`
  return {
    async start(workflowId, order) {
      // With the same id and key, a repeated start finds the order that the first one made.
      await call(options, {
        method: 'POST',
        path: '/v1/workflows/fulfil-order',
        headers: { 'workflow-id': workflowId, 'idempotency-key': workflowId },
        body: order,
      })
    },
    async status(workflowId) {
      const { body } = await call(options, { method: 'GET', path: `${path(workflowId)}/queries/status` })
      return (body as { result: OrderStatus }).result
    },
    async approve(workflowId, by) {
      await call(options, {
        method: 'POST',
        path: `${path(workflowId)}/signals/approve`,
        headers: { 'idempotency-key': `${workflowId}-approve` },
        body: { by },
      })
    },
    async result(workflowId) {
      for (;;) {
        const { status, body } = await call(options, { method: 'GET', path: `${path(workflowId)}/result?wait=${WAIT_SECONDS}` })
        if (status === 200) return (body as { result: Fulfilment }).result
      }
    },
  }
}

interface Call {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: unknown
}
interface Answer {
  readonly status: number
  readonly body: unknown
}

async function call(options: OrdersApiOptions, request: Call): Promise<Answer> {
  for (;;) {
    try {
      return await callOnce(options, request)
    } catch (error) {
      if (!isTemporary(error) || options.signal.aborted) throw error
      options.onRetry(describe(error))
      await pause(options.signal)
    }
  }
}

async function callOnce({ url, tokens, signal }: OrdersApiOptions, { method, path, headers, body }: Call): Promise<Answer> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: { authorization: `Bearer ${await tokens.token()}`, ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]),
  })
  const text = await response.text()
  if (!response.ok) throw ApiError.of(`${method} ${path}`, response.status, text)
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, PAUSE_MS)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}

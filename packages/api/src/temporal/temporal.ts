import { Client, type DataConverter, type WorkflowClientInterceptor } from '@temporalio/client'
import type { TemporalAccess } from '@sundial/runtime'
import { Connections } from './connections.ts'

export interface TemporalOptions {
  /** Whether what the client does is part of the trace of the request. @default false */
  readonly traced?: boolean
  /** How payloads are written and read; the worker's way. @default as JSON */
  readonly dataConverter?: DataConverter
}

export interface CallOptions {
  /** Milliseconds that all requests of the call may take together. @default 10000 */
  readonly timeoutMs?: number
  /** Ends the call early. */
  readonly signal?: AbortSignal
}

/** Temporal as this API uses it: with its own identity, and a deadline on everything. */
export interface Temporal {
  readonly client: Client
  readonly namespace: string
  /**
   * Runs requests to Temporal under a deadline, with a current token and the current certificates. Requests outside of it have neither: make none.
   * When the signal is aborted it rejects with the reason.
   */
  call<T>(requests: () => Promise<T>, options?: CallOptions): Promise<T>
  close(): Promise<void>
}

const DEFAULT_TIMEOUT_MS = 10_000

/** Reads the certificates and prepares a connection, which is made at the first call: Temporal may come up later than the API. */
export async function openTemporal(access: TemporalAccess, namespace: string, { traced = false, dataConverter = {} }: TemporalOptions = {}): Promise<Temporal> {
  const connections = new Connections(access, await access.tls())
  const interceptors = { workflow: traced ? [await tracingInterceptor()] : [] }
  return {
    client: new Client({ connection: connections.current, namespace, dataConverter, interceptors }),
    namespace,
    async call(requests, { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = {}) {
      const deadline = Date.now() + timeoutMs
      const token = await access.token()
      signal?.throwIfAborted()
      const run = (abort?: AbortSignal) =>
        connections.run((connection) => {
          const timed = () => connection.withDeadline(deadline, requests)
          const cancellable = abort ? () => connection.withAbortSignal(abort, timed) : timed
          return token === undefined ? cancellable() : connection.withApiKey(token, cancellable)
        })
      return signal ? unlessAborted(signal, run) : run()
    },
    close: () => connections.close(),
  }
}

/** Loaded only when it is needed. Workflows get the trace in a header. */
async function tracingInterceptor(): Promise<WorkflowClientInterceptor> {
  const { OpenTelemetryWorkflowClientInterceptor } = await import('@temporalio/interceptors-opentelemetry-v2')
  return new OpenTelemetryWorkflowClientInterceptor()
}

/**
 * Rejects when a signal is aborted. The SDK cancels the request that is under way then, but not one that it sends next; and it leaves a listener for
 * each request, so it gets a signal of this call: the caller's may live for many.
 */
async function unlessAborted<T>(signal: AbortSignal, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ofCall = new AbortController()
  let abort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      ofCall.abort(signal.reason)
      reject(signal.reason)
    }
  })
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([run(ofCall.signal), aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

import { Client, Connection } from '@temporalio/client'
import { createTokenSource, loadTemporalTls, type TemporalSettings, type TokenSource } from '@sundial/runtime'
import { retryOnce } from './retry.ts'

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
   * Runs requests to Temporal under a deadline and with a current token. Requests outside of it have neither: make none.
   * When the signal is aborted it rejects with the reason.
   */
  call<T>(requests: () => Promise<T>, options?: CallOptions): Promise<T>
  close(): Promise<void>
}

const DEFAULT_TIMEOUT_MS = 10_000
/** Milliseconds. gRPC's own default is two minutes, for which the API would stay down after Temporal is back. */
const MAX_RECONNECT_BACKOFF_MS = 5000

/**
 * Reads the certificates and prepares a connection, which is made at the first call: Temporal may come up later than the API.
 *
 * @param tokens @default a source for the credentials of the settings
 */
export async function openTemporal(settings: TemporalSettings, tokens: TokenSource | undefined = tokenSourceOf(settings)): Promise<Temporal> {
  const connection = Connection.lazy({
    address: settings.address,
    tls: await loadTemporalTls(settings.tls),
    interceptors: [retryOnce()],
    channelArgs: { 'grpc.max_reconnect_backoff_ms': MAX_RECONNECT_BACKOFF_MS },
  })
  const client = new Client({ connection, namespace: settings.namespace })
  return {
    client,
    namespace: settings.namespace,
    async call(requests, { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = {}) {
      const deadline = Date.now() + timeoutMs
      const token = await tokens?.token()
      signal?.throwIfAborted()
      const timed = () => connection.withDeadline(deadline, requests)
      const cancellable = signal ? () => connection.withAbortSignal(signal, timed) : timed
      const answer = token === undefined ? cancellable() : connection.withApiKey(token, cancellable)
      return signal ? Promise.race([answer, aborted(signal)]) : answer
    },
    close: () => connection.close(),
  }
}

/** Rejects when a signal is aborted. The SDK cancels the request that is under way then, but not one that it sends next. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))
}

function tokenSourceOf({ credentials }: TemporalSettings): TokenSource | undefined {
  return credentials.kind === 'none' ? undefined : createTokenSource(credentials)
}

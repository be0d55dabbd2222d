import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { Connection, type ConnectionLike } from '@temporalio/client'
import { endWithConnection, sameTls, type TemporalAccess, type TemporalTls } from '@sundial/runtime'
import { retryOnce } from './retry.ts'

/** Milliseconds. gRPC's own default is two minutes, for which the API would stay down after Temporal is back. */
const MAX_RECONNECT_BACKOFF_MS = 5000

/** Milliseconds that closing waits for work: more than the pause before a second attempt. */
const CLOSE_MS = 2000

/** A connection with one set of certificates. */
interface Link {
  readonly connection: Connection
  readonly tls: TemporalTls | false
  /** Work that goes through it. */
  uses: number
  /** Called when the last piece of work has ended. */
  idle?: () => void
}

/**
 * A connection for the SDK's client that is replaced when the certificates are. A piece of work stays on the connection that it began with,
 * and the old one is closed when the last piece has ended.
 */
export class Connections {
  /** Give it to a client. Outside of {@link run} it is the latest connection. */
  readonly current: ConnectionLike
  readonly #access: TemporalAccess
  readonly #freshTls: () => Promise<TemporalTls | false>
  readonly #inUse = new AsyncLocalStorage<Connection>()
  #latest: Link

  /** Connects to nobody yet. */
  constructor(access: TemporalAccess, tls: TemporalTls | false) {
    this.#access = access
    this.#freshTls = access.freshTls(tls)
    this.#latest = this.#link(tls)
    this.current = this.#follow()
  }

  /** Runs work that makes its requests through {@link current} on one connection, with the certificates that the files have now. */
  async run<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const tls = await this.#freshTls()
    if (!sameTls(tls, this.#latest.tls)) this.#replace(tls)
    const link = this.#latest
    link.uses++
    try {
      return await this.#inUse.run(link.connection, () => work(link.connection))
    } finally {
      link.uses--
      if (link.uses === 0) link.idle?.()
      if (link.uses === 0 && link !== this.#latest) await link.connection.close()
    }
  }

  /** Waits a moment for work whose caller has given it up: it may be about to try once more, which throws on a connection that is closed. */
  async close(): Promise<void> {
    const link = this.#latest
    if (link.uses > 0) await Promise.race([new Promise<void>((resolve) => (link.idle = resolve)), delay(CLOSE_MS, undefined, { ref: false })])
    await link.connection.close()
  }

  #replace(tls: TemporalTls | false): void {
    const previous = this.#latest
    this.#latest = this.#link(tls)
    if (previous.uses === 0) void previous.connection.close()
  }

  #link(tls: TemporalTls | false): Link {
    const connection = Connection.lazy({
      address: this.#access.address,
      tls,
      metadata: this.#access.metadata,
      interceptors: [retryOnce(), endWithConnection()],
      channelArgs: { 'grpc.max_reconnect_backoff_ms': MAX_RECONNECT_BACKOFF_MS },
    })
    return { connection, tls, uses: 0 }
  }

  #follow(): ConnectionLike {
    const now = () => this.#inUse.getStore() ?? this.#latest.connection
    return {
      get workflowService() {
        return now().workflowService
      },
      get operatorService() {
        return now().operatorService
      },
      plugins: [],
      close: () => this.close(),
      ensureConnected: () => now().ensureConnected(),
      withDeadline: (deadline, work) => now().withDeadline(deadline, work),
      withMetadata: (metadata, work) => now().withMetadata(metadata, work),
      withAbortSignal: (signal, work) => now().withAbortSignal(signal, work),
    }
  }
}

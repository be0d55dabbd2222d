import { type AccessMaterial, type Logger, sameTls, type TemporalAccess } from '@sundial/runtime'
import { NativeConnection, type Worker } from '@temporalio/worker'

/** The connection that a worker polls through. It outlives its first token and certificate. */
export class WorkerConnection {
  #connection: NativeConnection
  #worker: Worker | undefined
  readonly #closing = new AbortController()

  private constructor(connection: NativeConnection) {
    this.#connection = connection
  }

  /** Connects. Rejects when the server does not answer or does not let us in. */
  static async connect(access: TemporalAccess, logger: Logger): Promise<WorkerConnection> {
    const material = await access.material()
    const connection = new WorkerConnection(await NativeConnection.connect({ ...material }))
    void access.watch(connection.#closing.signal, material, async (now, before) => {
      await connection.#renew(now, before)
      if (sameTls(now.tls, before.tls)) logger.debug('renewed the token for Temporal')
      else logger.info('the certificates for Temporal were replaced')
    })
    return connection
  }

  get native(): NativeConnection {
    return this.#connection
  }

  /** The worker to move when the connection is replaced. */
  use(worker: Worker): void {
    this.#worker = worker
  }

  /** Call it when the worker has stopped. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#connection.close()
  }

  async #renew(now: AccessMaterial, before: AccessMaterial): Promise<void> {
    if (sameTls(now.tls, before.tls)) {
      if (now.apiKey !== undefined) await this.#connection.setApiKey(now.apiKey)
      return
    }
    const previous = this.#connection
    const next = await NativeConnection.connect({ ...now })
    if (this.#closing.signal.aborted) return next.close()
    this.#connection = next
    if (this.#worker) this.#worker.connection = next
    await previous.close()
  }
}

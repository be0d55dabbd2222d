import { endWithConnection, type Logger, TemporalAccess, type TemporalSettings } from '@sundial/runtime'
import { Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client'
import { hasStatus, PERMISSION_DENIED } from './grpc-status.ts'
import { retry } from './retry.ts'
import { whyNoConnection } from './why-no-connection.ts'

/** Milliseconds for one call, the SDK's own retries included. */
const CALL_TIMEOUT_MS = 20_000
/** Milliseconds for one attempt to connect. */
const CONNECT_TIMEOUT_MS = 5000

/** Temporal does not answer, or does not allow what we ask. */
export class AccessError extends Error {
  override readonly name = 'AccessError'
}

/** A connection whose every call carries a current token and a deadline. */
export interface TemporalConnection {
  call<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Connects, trying again until the signal aborts: a server that has just started may not answer at once. */
export async function connectToTemporal(settings: TemporalSettings, logger: Logger, signal: AbortSignal): Promise<TemporalConnection> {
  const access = new TemporalAccess(settings, logger)
  const { address, metadata } = access
  const interceptors = [makeGrpcRetryInterceptor(defaultGrpcRetryOptions()), endWithConnection()]
  // With the certificates that the files have at each attempt.
  const connect = async () => Connection.connect({ address, tls: await access.tls(), metadata, connectTimeout: CONNECT_TIMEOUT_MS, interceptors })
  const connection = await retry(signal, connect, (error) => logger.info({ address, reason: String(error) }, 'Temporal does not answer yet')).catch(
    async (error: Error) => {
      const why = await whyNoConnection(address, await access.tls())
      throw new AccessError(`Temporal at ${address} does not answer: ${why}. Check the address, the certificates and that the server is up`, { cause: error })
    },
  )
  return { call: (work) => callWith(connection, access, work), close: () => connection.close() }
}

async function callWith<T>(connection: Connection, access: TemporalAccess, work: (connection: Connection) => Promise<T>): Promise<T> {
  const token = await access.token()
  const metadata: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` }
  try {
    return await connection.withDeadline(Date.now() + CALL_TIMEOUT_MS, () => connection.withMetadata(metadata, () => work(connection)))
  } catch (error) {
    if (!hasStatus(error, PERMISSION_DENIED)) throw error
    throw new AccessError(
      `Temporal refuses ${token === undefined ? 'calls without a token' : "this job's token"} (${(error as Error).message}); it must carry the permission "temporal-system:admin", or "<namespace>:read" where namespaces are only looked at`,
      { cause: error },
    )
  }
}

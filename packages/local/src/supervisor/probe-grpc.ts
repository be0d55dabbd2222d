import { readFile } from 'node:fs/promises'
import { Client, credentials, status, type ChannelCredentials, type ServiceError } from '@grpc/grpc-js'
import type { ProcessProbe } from '@sundial/platform/process'
import { NotReadyAnswer, type Probe } from './answer.ts'
import { decodeHealthResponse, encodeHealthRequest, type HealthStatus } from './grpc-health.ts'

type GrpcProbe = Extract<ProcessProbe, { kind: 'grpc' }>

/**
 * Ready is the standard health service saying SERVING. One connection serves all questions: a TLS handshake costs more than the answer. After a
 * failure the next question opens another: at once, where the library would wait longer and longer, and with the certificates as they are then.
 */
export function grpcProbe(probe: GrpcProbe): Probe {
  let client: Promise<Client> | undefined
  const closed = new AbortController()
  return {
    ask: async (signal) => {
      // The certificate may not be there yet: the next question looks again.
      client ??= openClient(probe).catch((error: unknown) => {
        client = undefined
        throw error
      })
      const opened = await client
      if (closed.signal.aborted) opened.close()
      const answer = await check(opened, probe, signal).catch((error: unknown) => {
        opened.close()
        client = undefined
        throw error
      })
      if (answer !== 'SERVING') throw new NotReadyAnswer(`says ${answer}`)
    },
    close: () => {
      closed.abort()
      client?.then((opened) => opened.close()).catch(() => undefined)
    },
  }
}

async function openClient({ address, tls }: GrpcProbe): Promise<Client> {
  const name = tls?.serverName
  return new Client(address, await channelCredentials(tls), {
    ...(name !== undefined && { 'grpc.ssl_target_name_override': name, 'grpc.default_authority': name }),
    // Else a restarted process would be asked through what is left of the connection to the old one.
    'grpc.use_local_subchannel_pool': 1,
  })
}

function check(client: Client, probe: GrpcProbe, signal: AbortSignal): Promise<HealthStatus> {
  return new Promise((resolve, reject) => {
    const deadline = Date.now() + probe.timeoutSeconds * 1000
    const path = '/grpc.health.v1.Health/Check'
    const call = client.makeUnaryRequest(path, encodeHealthRequest, decodeHealthResponse, probe.service, { deadline }, (error, answer) => {
      signal.removeEventListener('abort', cancel)
      if (error) reject(explain(error))
      else resolve(answer ?? 'UNKNOWN')
    })
    const cancel = (): void => call.cancel()
    signal.addEventListener('abort', cancel)
    if (signal.aborted) cancel()
  })
}

async function channelCredentials(tls: GrpcProbe['tls']): Promise<ChannelCredentials> {
  if (tls === undefined) return credentials.createInsecure()
  const [ca, key, certificate] = await Promise.all([readFile(tls.caFile), readFile(tls.keyFile), readFile(tls.certFile)])
  return credentials.createSsl(ca, key, certificate)
}

/** What the library says of its own accord when nobody answers; all other codes come from the process. */
const SILENCE: readonly number[] = [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED]

function explain(error: ServiceError): Error {
  const text = `${status[error.code]}: ${error.details}`
  return SILENCE.includes(error.code) ? new Error(text, { cause: error }) : new NotReadyAnswer(text, { cause: error })
}

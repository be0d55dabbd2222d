import { Client, Metadata, credentials, status, type ChannelCredentials } from '@grpc/grpc-js'
import type { Tls } from './tls.ts'

/** Long enough for a machine that is busy. Nothing here waits for it unless something hangs. */
const DEADLINE_MS = 20_000

export interface Call {
  /** host:port */
  readonly address: string
  /** Without it the call is in plain text. */
  readonly tls?: Tls
  /** Bearer token. */
  readonly token?: string
  /** `<package>.<Service>/<Method>` */
  readonly method: string
  readonly request?: Uint8Array
}

/** How a call ended: gRPC's name of the status, and what was said about it. */
export interface Outcome {
  readonly code: string
  readonly details: string
  readonly message: Uint8Array
}

/** One call over a connection of its own, tried once: what a refusal says is not hidden by another try. */
export function grpcCall({ address, tls, token, method, request = new Uint8Array() }: Call): Promise<Outcome> {
  const client = new Client(address, channelCredentials(tls), {
    ...(tls && { 'grpc.ssl_target_name_override': tls.serverName, 'grpc.default_authority': tls.serverName }),
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_retries': 0,
  })
  const metadata = new Metadata()
  if (token !== undefined) metadata.set('authorization', `Bearer ${token}`)
  return new Promise((resolve) => {
    const options = { deadline: Date.now() + DEADLINE_MS }
    client.makeUnaryRequest(`/${method}`, asBuffer, asBuffer, request, metadata, options, (error, answer) => {
      client.close()
      resolve({ code: status[error?.code ?? status.OK], details: error?.details ?? '', message: answer ?? new Uint8Array() })
    })
  })
}

function channelCredentials(tls: Tls | undefined): ChannelCredentials {
  if (tls === undefined) return credentials.createInsecure()
  const [root, key, cert] = [tls.ca, tls.identity?.key, tls.identity?.cert].map((pem) => (pem === undefined ? null : Buffer.from(pem)))
  return credentials.createSsl(root, key, cert)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes)
}

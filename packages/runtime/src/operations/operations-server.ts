import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Registry } from 'prom-client'
import { closeHttpServer } from '../service/close-http-server.ts'
import type { Address } from '../settings/settings-reader.ts'
import type { Readiness } from './readiness.ts'

export interface OperationsServerOptions {
  /** Where to listen; port 0 takes any that is free. */
  readonly address: Address
  /** The metrics of the process. */
  readonly registry: Registry
  /** Whether to send the process work. Must answer at once: see `backgroundProbe`. */
  readiness(): Readiness
  /** Whether to leave the process alone; `false` asks for a restart. @default always */
  alive?(): boolean
  /** More metrics in Prometheus's text format, with names that the registry does not have. */
  moreMetrics?(): Promise<string>
}

export interface OperationsServer {
  /** Where it listens, with the port that was found. */
  readonly address: Address
  /** A second call joins the first. */
  close(): Promise<void>
}

/** Requests that are still open when the server closes get this long, in milliseconds. */
const CLOSE_MS = 1000

/**
 * Serves what whoever runs the process needs: `/health` (liveness), `/ready` (JSON with every check; 503 when not ready) and `/metrics`. The first two
 * answer to Kubernetes' own names for them, too: `/livez` and `/readyz`.
 * It is no public server: it has no login, so bind it to an address that only operators reach.
 */
export async function startOperationsServer(options: OperationsServerOptions): Promise<OperationsServer> {
  const server = createServer((request, response) => {
    void answer(options, request)
      .catch((error: unknown): Answer => ({ status: 500, type: 'text/plain', body: `${error instanceof Error ? error.message : String(error)}\n` }))
      .then((result) => send(request, response, result))
  })
  server.listen(options.address.port, options.address.host)
  await once(server, 'listening')
  const { address: host, port } = server.address() as AddressInfo
  const close = async () => {
    const closed = once(server, 'close')
    server.close()
    await closeHttpServer({ server, close: () => closed, graceMs: CLOSE_MS })
  }
  let closing: Promise<void> | undefined
  return { address: { host, port }, close: () => (closing ??= close()) }
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

async function answer(options: OperationsServerOptions, request: IncomingMessage): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, type: 'text/plain', body: 'only GET and HEAD\n' }
  switch (request.url?.split('?')[0] ?? '') {
    case '/health':
    case '/livez': {
      const alive = options.alive?.() ?? true
      return { status: alive ? 200 : 503, type: 'text/plain', body: alive ? 'ok\n' : 'not alive\n' }
    }
    case '/ready':
    case '/readyz': {
      const readiness = options.readiness()
      return { status: readiness.ready ? 200 : 503, type: 'application/json', body: `${JSON.stringify(readiness)}\n` }
    }
    case '/metrics':
      return { status: 200, type: options.registry.contentType, body: await metrics(options) }
    default:
      return { status: 404, type: 'text/plain', body: 'there are /health, /ready and /metrics\n' }
  }
}

/** The process's own metrics are served even when the others cannot be had. */
async function metrics({ registry, moreMetrics }: OperationsServerOptions): Promise<string> {
  const [own, more] = await Promise.all([
    registry.metrics(),
    moreMetrics?.().catch((error: unknown) => `# more metrics: ${JSON.stringify(error instanceof Error ? error.message : String(error))}\n`) ?? '',
  ])
  return more === '' ? own : `${own.trimEnd()}\n${more.trimEnd()}\n`
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' })
  response.end(request.method === 'HEAD' ? undefined : body)
}

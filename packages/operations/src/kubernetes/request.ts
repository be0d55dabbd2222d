import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { SundialError } from '@sundial/platform/errors'

/** How long the API server may say nothing, milliseconds. Admission webhooks have at most 30 seconds. */
const TIMEOUT_MS = 60_000

export interface ApiCall {
  readonly method: 'GET' | 'PATCH' | 'DELETE'
  /** With its query. */
  readonly path: string
  readonly body?: unknown
  /** @default application/json */
  readonly contentType?: string
}

export interface ApiAnswer {
  readonly status: number
  readonly body: unknown
  /** What the API server warns of, such as an API that goes away. */
  readonly warnings: readonly string[]
  /** After which time it asks to be asked again, milliseconds. */
  readonly retryAfterMs?: number
}

/** Calls the API behind a socket. Connections are kept. */
export class ApiConnection {
  readonly #agent = new Agent({ keepAlive: true })
  readonly #socketPath: string

  constructor(socketPath: string) {
    this.#socketPath = socketPath
  }

  async call({ method, path, body, contentType = 'application/json' }: ApiCall): Promise<ApiAnswer> {
    const sent = body === undefined ? undefined : Buffer.from(JSON.stringify(body))
    // Node sends no length with the body of a DELETE by itself.
    const content = sent && { 'content-type': contentType, 'content-length': sent.length }
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = httpRequest({
        agent: this.#agent,
        socketPath: this.#socketPath,
        method,
        path,
        timeout: TIMEOUT_MS,
        headers: { host: 'localhost', accept: 'application/json', ...content },
      })
      outgoing.once('response', resolve)
      outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)))
      outgoing.once('error', (cause) => reject(unreachable(`${method} ${path}: ${cause.message}`, cause)))
      outgoing.end(sent)
    })
    const text = await textOf(response)
    const status = response.statusCode ?? 0
    // The API server answers in JSON, its own failures too. The proxy answers in plain words: it could not reach the API server.
    if (status >= 500 && !(response.headers['content-type'] ?? '').includes('json'))
      throw unreachable(`the API server of the cluster cannot be reached: ${text.trim()}`)
    const seconds = Number(response.headers['retry-after'])
    return { status, body: parse(text), warnings: warningsOf(response), ...(seconds > 0 && { retryAfterMs: seconds * 1000 }) }
  }

  close(): void {
    this.#agent.destroy()
  }
}

function unreachable(message: string, cause?: unknown): SundialError {
  return new SundialError('SUN_CLUSTER_UNREACHABLE', message, { hint: 'Does "kubectl version" reach this cluster? --context chooses another one.', cause })
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return { message: text.trim() }
  }
}

/** `299 - "text"`, one a header. Node joins headers of this name with a comma, so they are read as they came. */
function warningsOf({ rawHeaders }: IncomingMessage): string[] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 && name.toLowerCase() === 'warning' ? [warningText(rawHeaders[index + 1] ?? '')] : []))
}

function warningText(header: string): string {
  const quoted = /^\d{3} \S+ "(.*)"$/.exec(header)?.[1]
  return quoted === undefined ? header : quoted.replaceAll(/\\(.)/g, '$1')
}

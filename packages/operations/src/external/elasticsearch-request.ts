import { once } from 'node:events'
import * as http from 'node:http'
import * as https from 'node:https'
import { text } from 'node:stream/consumers'
import type { ElasticsearchSettings } from './elasticsearch-settings.ts'

/** Milliseconds for one question. */
const TIMEOUT_MS = 5000

export interface Answer {
  readonly status: number
  readonly body: string
}

export interface Credentials {
  readonly password?: string | undefined
  /** PEM; the public roots if absent. */
  readonly ca?: string | undefined
}

/** `GET /`, which every node answers with its version. Not `fetch`, which takes no root of its own. */
export async function ask({ host, port, tls, login }: ElasticsearchSettings, { password = '', ca }: Credentials): Promise<Answer> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const options = { host, port, path: '/', agent: false, signal, ...(login && { auth: `${login.user}:${password}` }) }
  const request = tls ? https.request({ ...options, ca }) : http.request(options)
  // A connection that breaks is reported by what waits for the answer.
  request.on('error', () => undefined)
  request.end()
  try {
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    return { status: response.statusCode ?? 0, body: await text(response) }
  } catch (error) {
    if (!signal.aborted) throw error
    throw Object.assign(new Error(`no answer within ${TIMEOUT_MS / 1000} s`), { code: 'ETIMEDOUT' })
  }
}

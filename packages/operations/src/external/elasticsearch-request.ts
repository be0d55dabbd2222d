import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import * as http from 'node:http'
import * as https from 'node:https'
import { text } from 'node:stream/consumers'
import type { ElasticsearchConnection } from './elasticsearch-settings.ts'

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

export interface Question {
  readonly method: 'GET' | 'PUT'
  readonly path: string
  /** Sent as JSON. */
  readonly body?: unknown
}

/** Reads what the settings name: a password, a root. */
export async function credentialsOf({ login, tls }: ElasticsearchConnection): Promise<Credentials> {
  const password = login && (await readFile(login.passwordFile, 'utf8')).trim()
  const ca = tls && tls.caFile !== undefined ? await readFile(tls.caFile, 'utf8') : undefined
  return { password, ca }
}

/** `GET /`, which every node answers with its version. */
export async function ask(settings: ElasticsearchConnection, credentials: Credentials): Promise<Answer> {
  return send(settings, credentials, { method: 'GET', path: '/' })
}

/** Not `fetch`, which takes no root of its own. */
export async function send(
  { host, port, tls, login }: ElasticsearchConnection,
  { password = '', ca }: Credentials,
  { method, path, body }: Question,
): Promise<Answer> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const headers = body === undefined ? {} : { 'content-type': 'application/json' }
  const options = { host, port, method, path, headers, agent: false, signal, ...(login && { auth: `${login.user}:${password}` }) }
  const request = tls ? https.request({ ...options, ca }) : http.request(options)
  // A connection that breaks is reported by what waits for the answer.
  request.on('error', () => undefined)
  request.end(body === undefined ? undefined : JSON.stringify(body))
  try {
    const [response] = (await once(request, 'response')) as [http.IncomingMessage]
    return { status: response.statusCode ?? 0, body: await text(response) }
  } catch (error) {
    if (!signal.aborted) throw error
    throw Object.assign(new Error(`no answer within ${TIMEOUT_MS / 1000} s`), { code: 'ETIMEDOUT' })
  }
}

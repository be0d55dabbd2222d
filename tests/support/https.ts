import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { json } from 'node:stream/consumers'
import type { Tls } from './tls.ts'

/** A status and a body, or why there was no answer. */
export type HttpsOutcome = { readonly status: number; readonly body: any } | { readonly error: string }

/** GET of a JSON document, with a certificate and a token or without. */
export async function getJson(url: string, { ca, serverName, identity }: Tls, token?: string): Promise<HttpsOutcome> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      // No agent: a connection that another case has opened must not be used.
      request(url, { agent: false, ca, servername: serverName, ...identity, headers }, resolve)
        .on('error', reject)
        .end()
    })
    return { status: response.statusCode ?? 0, body: await json(response) }
  } catch (error) {
    return { error: (error as NodeJS.ErrnoException).code ?? String(error) }
  }
}

import { readFile } from 'node:fs/promises'
import { decodeJwt } from 'jose'
import type { ClientCredentials } from '../settings/temporal-settings.ts'
import { discoverProvider } from './discovery.ts'
import { requestJson } from './request-json.ts'
import { TokenError } from './token-error.ts'

export interface IssuedToken {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** A token that does not say how long it lives is asked for again after this long. */
const UNKNOWN_LIFETIME_MS = 60_000

/** Finds the token endpoint of an issuer. */
export async function discoverTokenEndpoint(issuer: string, signal: AbortSignal): Promise<string> {
  const { tokenEndpoint } = await discoverProvider(issuer, signal)
  if (tokenEndpoint === undefined) throw new TokenError(`the provider ${issuer} names no token_endpoint in its discovery document`)
  return tokenEndpoint
}

/** Asks for a token with the process's own id and secret, which go in the Authorization header (client_secret_basic). */
export async function requestToken(endpoint: string, credentials: ClientCredentials, signal: AbortSignal): Promise<IssuedToken> {
  const secret = await secretOf(credentials)
  const askedAt = Date.now()
  const answer = (await requestJson(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${formEncode(credentials.clientId)}:${formEncode(secret)}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: credentials.scope }),
    signal,
  })) as { access_token?: unknown; expires_in?: unknown }
  if (typeof answer.access_token !== 'string' || answer.access_token === '') throw new TokenError(`${endpoint} answered without an access_token`)
  return { token: answer.access_token, expiresAt: expiry(answer.access_token, answer.expires_in, askedAt) }
}

/** As the file has it now; a file that is just being replaced does not take away what is known. */
async function secretOf({ clientSecret, clientSecretFile }: ClientCredentials): Promise<string> {
  if (clientSecretFile === undefined) return clientSecret
  const now = await readFile(clientSecretFile, 'utf8').catch(() => '')
  return now.trim() || clientSecret
}

/** `expires_in` first: it does not depend on the two clocks agreeing. */
function expiry(token: string, expiresIn: unknown, askedAt: number): number {
  if (typeof expiresIn === 'number') return askedAt + expiresIn * 1000
  try {
    const { exp } = decodeJwt(token)
    if (exp !== undefined) return exp * 1000
  } catch {
    // An opaque token is allowed.
  }
  return askedAt + UNKNOWN_LIFETIME_MS
}

/** As RFC 6749 section 2.3.1 wants ids and secrets before base64. */
function formEncode(text: string): string {
  return new URLSearchParams({ x: text }).toString().slice(2)
}

import { decodeJwt } from 'jose'
import type { ClientCredentials } from '../settings/temporal-settings.ts'
import { TokenError } from './token-error.ts'

export interface IssuedToken {
  readonly token: string
  /** Milliseconds since 1970. */
  readonly expiresAt: number
}

/** A token that does not say how long it lives is asked for again after this long. */
const UNKNOWN_LIFETIME_MS = 60_000

/** Finds the token endpoint of an issuer (OpenID Connect Discovery 1.0). */
export async function discoverTokenEndpoint(issuer: string, signal: AbortSignal): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const document = (await requestJson(url, { signal })) as { issuer?: unknown; token_endpoint?: unknown }
  // The check that the specification asks for: another issuer's document must not be taken for this one's.
  if (typeof document.issuer !== 'string' || trimSlash(document.issuer) !== trimSlash(issuer)) {
    throw new TokenError(`${url} is of the issuer "${String(document.issuer)}", not "${issuer}"; set OIDC_ISSUER to exactly what the provider calls itself`)
  }
  if (typeof document.token_endpoint !== 'string') throw new TokenError(`${url} names no token_endpoint`)
  return document.token_endpoint
}

/** Asks for a token with the process's own id and secret, which go in the Authorization header (client_secret_basic). */
export async function requestToken(endpoint: string, credentials: ClientCredentials, signal: AbortSignal): Promise<IssuedToken> {
  const askedAt = Date.now()
  const answer = (await requestJson(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${formEncode(credentials.clientId)}:${formEncode(credentials.clientSecret)}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: credentials.scope }),
    signal,
  })) as { access_token?: unknown; expires_in?: unknown }
  if (typeof answer.access_token !== 'string' || answer.access_token === '') throw new TokenError(`${endpoint} answered without an access_token`)
  return { token: answer.access_token, expiresAt: expiry(answer.access_token, answer.expires_in, askedAt) }
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

async function requestJson(url: string, init: RequestInit): Promise<unknown> {
  let response: Response
  let body: string
  try {
    response = await fetch(url, { ...init, redirect: 'error' })
    body = await response.text()
  } catch (error) {
    throw new TokenError(`${url} did not answer: ${reason(error)}`, { cause: error })
  }
  const json = parse(body)
  if (response.ok && json !== undefined) return json
  throw new TokenError(`${url} answered ${response.status}${oauthError(json)}${response.ok ? ', which is not JSON' : ''}`)
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function oauthError(json: unknown): string {
  const { error, error_description: description } = (json ?? {}) as { error?: unknown; error_description?: unknown }
  return typeof error === 'string' ? ` ${error}${typeof description === 'string' ? ` (${description})` : ''}` : ''
}

/** `fetch` says only "fetch failed"; why is in its cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message || String((error.cause as NodeJS.ErrnoException).code) : error.message
}

/** As RFC 6749 section 2.3.1 wants ids and secrets before base64. */
function formEncode(text: string): string {
  return new URLSearchParams({ x: text }).toString().slice(2)
}

function trimSlash(url: string): string {
  return url.replace(/\/$/, '')
}

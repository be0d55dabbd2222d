import { createRemoteJWKSet, jwtVerify } from 'jose'
import type { JWTVerifyResult } from 'jose'
import type { Browser } from './browser.fixture.ts'
import { CALLBACK, SECRETS } from './identity-provider.fixture.ts'

export interface Tokens {
  access_token: string
  id_token?: string
  refresh_token?: string
  token_type: string
  expires_in: number
  scope?: string
  error?: string
  error_description?: string
}

/** RFC 6749 section 2.3.1: id and secret are form-encoded before they are joined. */
export function basic(id: string, secret: string): string {
  const encode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)
  return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`
}

/** Asks for tokens. `authorization` is left out when the secret is among the fields. */
export async function requestTokens(
  issuer: string,
  fields: Readonly<Record<string, string>>,
  authorization?: string,
): Promise<{ status: number; body: Tokens }> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: authorization === undefined ? {} : { authorization },
  })
  return { status: response.status, body: (await response.json()) as Tokens }
}

/** Verifies a token as Temporal and the API do: by the published keys. */
export async function verify(issuer: string, token: string, audience: string): Promise<JWTVerifyResult> {
  return await jwtVerify(token, createRemoteJWKSet(new URL(`${issuer}/jwks`)), { issuer, audience, algorithms: ['RS256'] })
}

/** Where the Web UI sends people who are not signed in. */
export function authorizeAddress(client = 'temporal', scope = 'openid profile email offline_access permissions'): string {
  const query = new URLSearchParams({ client_id: client, redirect_uri: CALLBACK, response_type: 'code', scope, state: 'some-state', nonce: 'some-nonce' })
  return `/auth?${query.toString()}`
}

/** Opens the sign-in page. */
export async function openSignIn(browser: Browser, address = authorizeAddress()): Promise<string> {
  const page = await browser.follow(address)
  if (typeof page === 'string') throw new Error(`no sign-in page, but ${page}`)
  return await page.text()
}

/** Gives back what the Web UI gets at its callback: the code, or the error. */
export function calledBack(outcome: Response | string): URLSearchParams {
  if (typeof outcome !== 'string' || !outcome.startsWith(CALLBACK)) throw new Error('the browser was not sent back to the application')
  return new URL(outcome).searchParams
}

/** Signs a person in and exchanges the code. */
export async function signIn(issuer: string, browser: Browser, user: 'ada' | 'grace' = 'ada'): Promise<Tokens> {
  const page = await openSignIn(browser)
  const code = calledBack(await browser.submit(page, { name: user, password: SECRETS[user], answer: 'sign-in' })).get('code') ?? ''
  const { body } = await requestTokens(issuer, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK }, basic('temporal', SECRETS.temporal))
  return body
}

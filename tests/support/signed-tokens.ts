import { createPublicKey } from 'node:crypto'
import { importJWK, SignJWT, type CryptoKey, type JWK } from 'jose'
import { addressOf, secret } from './platform.ts'

/** What a token says, and how it is signed: by default as the platform's identity provider does it for a worker of `orders`. */
export interface TokenParts {
  readonly permissions?: readonly string[]
  readonly scope?: string
  /** What else it says. @default nothing */
  readonly claims?: Readonly<Record<string, unknown>>
  /** `aud`. @default `temporal` */
  readonly audience?: string
  /** From now on; below zero the token has expired. @default 300 */
  readonly lifetimeSeconds?: number
  readonly header?: { readonly alg?: string; readonly kid?: string }
  /** @default the platform's signing key */
  readonly key?: CryptoKey | Uint8Array
}

/** The key that signs every token of the platform. */
export async function signingKey(): Promise<JWK & { readonly kid: string }> {
  return JSON.parse(await secret('identity-signing', 'jwk')) as JWK & { kid: string }
}

/** Its public half as PEM: what a server has that mistakes it for a shared secret. */
export async function publicKeyPem(): Promise<string> {
  return createPublicKey({ key: await signingKey(), format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString()
}

export async function signToken(parts: TokenParts = {}): Promise<string> {
  const jwk = await signingKey()
  return new SignJWT(await payloadOf(parts))
    .setProtectedHeader({ alg: 'RS256', kid: jwk.kid, typ: 'JWT', ...parts.header })
    .sign(parts.key ?? (await importJWK(jwk, 'RS256')))
}

/** A token that says it needs no signature. */
export async function unsignedToken(parts: TokenParts = {}): Promise<string> {
  const header = { alg: 'none', kid: (await signingKey()).kid, typ: 'JWT' }
  return `${[header, await payloadOf(parts)].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`
}

async function payloadOf({
  permissions = ['orders:write'],
  scope,
  audience = 'temporal',
  lifetimeSeconds = 300,
  claims = {},
}: TokenParts): Promise<Record<string, unknown>> {
  const now = Math.floor(Date.now() / 1000)
  // Issued long enough ago to have been valid, whatever its end.
  const times = { iat: now - 600, exp: now + lifetimeSeconds }
  return {
    ...claims,
    iss: `http://${await addressOf('identity', 'http')}`,
    sub: 'test',
    aud: audience,
    ...times,
    ...(scope === undefined ? { permissions } : { scope }),
  }
}

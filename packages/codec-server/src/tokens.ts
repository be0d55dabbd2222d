import { discoverProvider } from '@sundial/runtime'
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose'

/** Signatures with a public key only: a shared secret is no identity. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']
/** Two clocks may differ by this much, in seconds. */
const CLOCK_SKEW_SECONDS = 30
/** How long one request to the provider may take, in milliseconds. */
const TIMEOUT_MS = 5000

/** The provider did not answer, so nobody can tell whether a token is good. */
export class ProviderUnavailableError extends Error {
  override readonly name = 'ProviderUnavailableError'
}

export interface TokenVerifier {
  /** The claims of a token. Nothing when it is no good; rejects with a {@link ProviderUnavailableError} when that cannot be known. */
  verify(token: string): Promise<JWTPayload | undefined>
}

/** Checks access tokens of an issuer for an audience. Keys are fetched at the first use, and again when a token names another. */
export function tokenVerifier({ issuer, audience }: { issuer: string; audience: string }): TokenVerifier {
  let keys: Promise<JWTVerifyGetKey> | undefined
  const discovered = () => {
    keys ??= discoverKeys(issuer)
    keys.catch(() => (keys = undefined))
    return keys
  }
  return {
    async verify(token) {
      const key = await discovered().catch((error: unknown) => {
        throw new ProviderUnavailableError((error as Error).message, { cause: error })
      })
      try {
        return (await jwtVerify(token, key, { issuer, audience, algorithms: ALGORITHMS, clockTolerance: CLOCK_SKEW_SECONDS, requiredClaims: ['exp', 'sub'] }))
          .payload
      } catch (error) {
        if (isTrouble(error)) throw new ProviderUnavailableError((error as Error).message, { cause: error })
        return undefined
      }
    },
  }
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const { jwksUri } = await discoverProvider(issuer, AbortSignal.timeout(TIMEOUT_MS))
  if (jwksUri === undefined) throw new Error(`the provider ${issuer} names no jwks_uri in its discovery document`)
  return createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: TIMEOUT_MS })
}

/** What is no verdict about the token: the keys could not be fetched. */
function isTrouble(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout) return true
  return !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC'
}

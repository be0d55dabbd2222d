import { discoverProvider } from '@sundial/runtime'
import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose'

export interface KeySource {
  readonly key: JWTVerifyGetKey
  /** Fetches the keys anew. */
  refresh(signal: AbortSignal): Promise<void>
}

/** Milliseconds for one request to the issuer. */
const TIMEOUT_MS = 5000

/**
 * The signing keys of an issuer, found by OpenID Connect Discovery at first use. They are kept until {@link KeySource.refresh} brings others, so that
 * tokens are still checked while the issuer is away; call it every few minutes. An unknown key id fetches them too, at most each 30 s.
 */
export function createKeySource(issuer: string): KeySource {
  let found: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined
  const keys = () => {
    // A failure must not be kept: the issuer may come up after us.
    found ??= findKeys(issuer).catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
  return {
    key: async (header, token) => (await keys())(header, token),
    async refresh(signal) {
      signal.throwIfAborted()
      await (await keys()).reload()
    },
  }
}

async function findKeys(issuer: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  const { jwksUri } = await discoverProvider(issuer, AbortSignal.timeout(TIMEOUT_MS))
  if (jwksUri === undefined) throw new Error(`the provider ${issuer} names no jwks_uri in its discovery document`)
  return createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: TIMEOUT_MS, cacheMaxAge: Number.POSITIVE_INFINITY })
}

import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose'

export interface KeySource {
  readonly key: JWTVerifyGetKey
  /** Fetches the keys anew. */
  refresh(signal: AbortSignal): Promise<void>
}

/** Milliseconds for one request to the issuer. */
const TIMEOUT_MS = 5000

/** The signing keys of an issuer, found by OpenID Connect Discovery at first use and kept; an unknown key id fetches them again, at most each 30 s. */
export function createKeySource(issuer: string): KeySource {
  let found: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined
  const keys = () => {
    // A failure must not be kept: the issuer may come up after us.
    found ??= discover(issuer).catch((error: unknown) => {
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

async function discover(issuer: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  const document = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown }
  // Another issuer's document must not be taken for this one's (OpenID Connect Discovery 1.0, section 4.3).
  if (document.issuer !== issuer)
    throw new Error(`${url} is of the issuer ${JSON.stringify(document.issuer)}; set OIDC_ISSUER to exactly that, or correct the provider`)
  if (typeof document.jwks_uri !== 'string') throw new Error(`${url} names no jwks_uri`)
  return createRemoteJWKSet(new URL(document.jwks_uri), { timeoutDuration: TIMEOUT_MS })
}

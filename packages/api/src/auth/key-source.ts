import { discoverProvider } from '@sundial/runtime'
import { createRemoteJWKSet, type CryptoKey } from 'jose'

type RemoteKeys = ReturnType<typeof createRemoteJWKSet>

export interface KeySource {
  /** Finds the key that a token names. */
  readonly key: (...token: Parameters<RemoteKeys>) => Promise<CryptoKey>
  /** Fetches the keys anew. */
  refresh(signal: AbortSignal): Promise<void>
}

/** Milliseconds for one request to the issuer. */
const TIMEOUT_MS = 5000
/** Milliseconds that a caller waits for keys. What is being fetched then goes on, for those that ask later. */
const PATIENCE_MS = 800
const COOLDOWN_MS = 5000

/**
 * The signing keys of an issuer, found by OpenID Connect Discovery at first use. They are kept until {@link KeySource.refresh} brings others, so that
 * tokens are still checked while the issuer is away; call it every few minutes. An unknown key id fetches them too, unless they were fetched just
 * before: that is how a new key is found.
 *
 * @param cooldownMs how long "just before" is, in milliseconds. @default 5000
 */
export function createKeySource(issuer: string, cooldownMs = COOLDOWN_MS): KeySource {
  let found: Promise<RemoteKeys> | undefined
  const keys = () => {
    // A failure must not be kept: the issuer may come up after us.
    found ??= findKeys(issuer, cooldownMs).catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
  return {
    key: (header, token) => inTime(keys().then((key) => key(header, token))),
    async refresh(signal) {
      signal.throwIfAborted()
      await (await keys()).reload()
    },
  }
}

/** The value, or an error when it is not there in time. */
function inTime<T>(value: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the keys are not there after ${PATIENCE_MS} ms`)), PATIENCE_MS)
    void value.then(resolve, reject).finally(() => clearTimeout(late))
  })
}

async function findKeys(issuer: string, cooldownMs: number): Promise<RemoteKeys> {
  const { jwksUri } = await discoverProvider(issuer, AbortSignal.timeout(TIMEOUT_MS))
  if (jwksUri === undefined) throw new Error(`the provider ${issuer} names no jwks_uri in its discovery document`)
  return createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: TIMEOUT_MS, cacheMaxAge: Number.POSITIVE_INFINITY, cooldownDuration: cooldownMs })
}

import type { ClientCredentials, TokenCredentials } from '../settings/temporal-settings.ts'
import { ApiKeyFile } from './api-key-file.ts'
import { discoverTokenEndpoint, type IssuedToken, requestToken } from './client-credentials.ts'

/** Gives the token to send. Call it for every use: what it returns changes over time. */
export interface TokenSource {
  /** A token that is valid now. Rejects with a {@link TokenError} when there is none and none can be got. */
  token(): Promise<string>
}

export interface TokenSourceOptions {
  /** Milliseconds for one request, discovery included. @default 5000 */
  readonly timeoutMs?: number
  /** How old what a file of an API key says may become before it is read again, in milliseconds. @default 5000 */
  readonly lookEveryMs?: number
  /** Hears of refreshes that failed while the old token was still good; `token()` does not reject for these. @default nobody */
  readonly onRefreshFailed?: (error: unknown) => void
}

/** A new token is asked for when a quarter of the old one's life is left. */
const REFRESH_AT = 0.75
/** The pause after a request that failed, in milliseconds, so that a provider that is down is not asked at every call. */
const RETRY_MS = 2000
/** A token is not given out in its last moments, since the call that carries it takes time: milliseconds, and at most this part of its life. */
const LAST_MOMENTS_MS = 5000
const LAST_PART = 0.1

/**
 * A source of tokens for the credentials. It asks at the first use, keeps the token, and gets a new one ahead of its expiry
 * in the background. Concurrent callers share one request. While the provider is down, a token that is still valid stays in use.
 */
export function createTokenSource(credentials: TokenCredentials, options: TokenSourceOptions = {}): TokenSource {
  if (credentials.kind === 'api-key') {
    const { apiKey, apiKeyFile } = credentials
    return apiKeyFile === undefined ? { token: () => Promise.resolve(apiKey) } : new ApiKeyFile(apiKey, apiKeyFile, options)
  }
  return new ClientCredentialsTokenSource(credentials, options)
}

class ClientCredentialsTokenSource implements TokenSource {
  readonly #credentials: ClientCredentials
  readonly #timeoutMs: number
  readonly #onRefreshFailed: (error: unknown) => void
  #endpoint: string | undefined
  #current: IssuedToken | undefined
  /** When the last request was made. A clock that shows an earlier time was set back: tokens of then look as if they were from the future, and are refused. */
  #askedAt = 0
  /** Until then the current token is good to give out, in milliseconds since 1970. */
  #usableUntil = 0
  #refreshAt = 0
  /** Why the last request failed; the next one comes at `#refreshAt`. */
  #failure: Error | undefined
  #pending: Promise<IssuedToken> | undefined

  constructor(credentials: ClientCredentials, { timeoutMs = 5000, onRefreshFailed = () => {} }: TokenSourceOptions) {
    this.#credentials = credentials
    this.#timeoutMs = timeoutMs
    this.#onRefreshFailed = onRefreshFailed
  }

  async token(): Promise<string> {
    const now = Date.now()
    const wasSetBack = now < this.#askedAt
    if (this.#current && !wasSetBack && now < this.#usableUntil) {
      if (now >= this.#refreshAt) this.#refresh().catch(this.#onRefreshFailed)
      return this.#current.token
    }
    // A request that is under way may be about to succeed.
    if (this.#failure !== undefined && !wasSetBack && now < this.#refreshAt && !this.#pending) throw this.#failure
    return (await this.#refresh()).token
  }

  #refresh(): Promise<IssuedToken> {
    this.#pending ??= this.#request().finally(() => (this.#pending = undefined))
    return this.#pending
  }

  async #request(): Promise<IssuedToken> {
    const signal = AbortSignal.timeout(this.#timeoutMs)
    const startedAt = Date.now()
    this.#askedAt = startedAt
    try {
      this.#endpoint ??= await discoverTokenEndpoint(this.#credentials.issuer, signal)
      const issued = await requestToken(this.#endpoint, this.#credentials, signal)
      const life = issued.expiresAt - startedAt
      this.#current = issued
      this.#usableUntil = issued.expiresAt - Math.min(LAST_MOMENTS_MS, life * LAST_PART)
      this.#refreshAt = startedAt + life * REFRESH_AT
      this.#failure = undefined
      return issued
    } catch (error) {
      // The provider may have moved its endpoint: discover again next time.
      this.#endpoint = undefined
      this.#refreshAt = Date.now() + RETRY_MS
      this.#failure = error as Error
      throw error
    }
  }
}

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as oidc from 'openid-client'
import type { LoginConfiguration } from './configuration.ts'

/** A session that nobody uses ends after this long, in milliseconds: a working day. */
const IDLE_MS = 12 * 3600 * 1000
/** More are never kept: the one that was not used for longest goes. */
const MAX_SESSIONS = 1000
/** A token is renewed this long before it expires, in milliseconds. */
const RENEW_MS = 30_000

interface Session {
  accessToken: string
  readonly refreshToken: string | undefined
  expiresAt: number
  usedAt: number
  renewal?: Promise<void>
}

/** What a browser must bring back from the provider. */
export interface LoginState {
  readonly state: string
  readonly verifier: string
}

/** Sessions of people who signed in here, by the random value of a cookie. They end with the process. */
export class Sessions {
  readonly #issuer: string
  readonly #login: LoginConfiguration
  readonly #sessions = new Map<string, Session>()
  #provider: Promise<oidc.Configuration> | undefined
  #secret: string | undefined

  constructor(issuer: string, login: LoginConfiguration) {
    this.#issuer = issuer
    this.#login = login
  }

  /** Where a browser goes to sign in. */
  async begin(): Promise<{ url: string; login: LoginState }> {
    const login = { state: oidc.randomState(), verifier: oidc.randomPKCECodeVerifier() }
    const url = oidc.buildAuthorizationUrl(await this.#discovered(), {
      redirect_uri: this.#login.callbackUrl,
      scope: this.#login.scopes.join(' '),
      state: login.state,
      code_challenge: await oidc.calculatePKCECodeChallenge(login.verifier),
      code_challenge_method: 'S256',
    })
    return { url: url.href, login }
  }

  /** The session of a browser that came back with this query. Rejects when the provider, or somebody else, says no. */
  async finish(query: string, { state, verifier }: LoginState): Promise<string> {
    const url = new URL(`${this.#login.callbackUrl}?${query}`)
    const tokens = await oidc.authorizationCodeGrant(await this.#discovered(), url, { pkceCodeVerifier: verifier, expectedState: state })
    this.#forgetOld()
    const id = randomBytes(32).toString('base64url')
    this.#sessions.set(id, { accessToken: tokens.access_token, refreshToken: tokens.refresh_token, expiresAt: expiryOf(tokens), usedAt: Date.now() })
    return id
  }

  /** The access token of a session, renewed when it is about to expire. Nothing when there is no such session, or it has ended. */
  async token(id: string): Promise<string | undefined> {
    const session = this.#sessions.get(id)
    if (!session) return undefined
    if (Date.now() - session.usedAt > IDLE_MS) return this.end(id)
    session.usedAt = Date.now()
    if (Date.now() > session.expiresAt - RENEW_MS) {
      session.renewal ??= this.#renew(session).finally(() => delete session.renewal)
      try {
        await session.renewal
      } catch {
        return this.end(id)
      }
    }
    return session.accessToken
  }

  end(id: string): undefined {
    this.#sessions.delete(id)
    return undefined
  }

  async #renew(session: Session): Promise<void> {
    if (session.refreshToken === undefined) throw new Error('the session cannot be renewed')
    const tokens = await oidc.refreshTokenGrant(await this.#discovered(), session.refreshToken)
    Object.assign(
      session,
      { accessToken: tokens.access_token, expiresAt: expiryOf(tokens) },
      tokens.refresh_token !== undefined && { refreshToken: tokens.refresh_token },
    )
  }

  #forgetOld(): void {
    if (this.#sessions.size < MAX_SESSIONS) return
    const [oldest] = [...this.#sessions].toSorted(([, one], [, other]) => one.usedAt - other.usedAt)
    if (oldest) this.#sessions.delete(oldest[0])
  }

  /** With the secret that the file has now, since secrets are changed while programs run. */
  #discovered(): Promise<oidc.Configuration> {
    const { clientId, clientSecretFile } = this.#login
    const secret = readFileSync(clientSecretFile, 'utf8').trim()
    if (secret !== this.#secret) this.#provider = undefined
    this.#secret = secret
    // A provider on the same machine is asked in clear.
    const execute = this.#issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []
    this.#provider ??= oidc.discovery(new URL(this.#issuer), clientId, secret, undefined, { execute })
    this.#provider.catch(() => (this.#provider = undefined))
    return this.#provider
  }
}

function expiryOf(tokens: oidc.TokenEndpointResponse & oidc.TokenEndpointResponseHelpers): number {
  return Date.now() + (tokens.expiresIn() ?? 60) * 1000
}

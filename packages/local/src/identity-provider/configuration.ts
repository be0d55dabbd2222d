/**
 * What the identity provider is told, as a JSON file. It holds no secret: secrets stand in files of their own, which it names by
 * absolute paths. Everything is read once, at the start, but the secrets of clients.
 */
export interface IdentityProviderConfiguration {
  /** The address that callers know, and the `iss` of every token: an origin such as `http://127.0.0.1:9080`, always on a loopback host. */
  readonly issuer: string
  /** Where it listens. The host is a loopback address. */
  readonly listen: { readonly host: string; readonly port: number }
  /** A private RSA key of 2048 bits or more as a JWK with `kid`: tokens are signed with RS256. Kept between runs, so that tokens stay valid. */
  readonly signingKeyFile: string
  /** A secret of 16 characters or more, from which the keys of the cookies are derived. */
  readonly cookieSecretFile: string
  /** Where sign-ins and refresh tokens are kept between runs (mode 0600). @default none: a restart signs everybody out */
  readonly sessionsFile?: string | undefined
  /** How long access tokens and ID tokens are valid, in seconds. @default 900 */
  readonly tokenLifetimeSeconds?: number | undefined
  readonly clients: readonly IdentityProviderClient[]
  readonly users: readonly IdentityProviderUser[]
}

/** A program that may ask for tokens. */
export interface IdentityProviderClient {
  /** Its `client_id`, the `azp` of its tokens, and for a service the `sub` too. */
  readonly id: string
  /** What people call it: the sign-in page says it. @default its id */
  readonly name?: string | undefined
  /** The file with its client secret. It may be replaced while the provider runs: the old secret is taken for ten minutes more. */
  readonly secretFile: string
  /** `service`: acts for itself, by client credentials. `web`: acts for a person who signs in, by authorization code and refresh token. */
  readonly kind: 'service' | 'web'
  /** Where a person may be sent back to. Exact addresses; only for `web`. @default [] */
  readonly redirectUris?: readonly string[] | undefined
  /** The `aud` of its access tokens. A client calls one audience. */
  readonly audience: string
  /** What a service may do, as the `permissions` claim (a list). A person's permissions come from the user. @default [] */
  readonly permissions?: readonly string[] | undefined
  /**
   * The scopes that it may ask for. Only what it asks for gets into a token. `permissions` stands for the claim of that name, `offline_access`
   * (here it needs no asking) for refresh tokens, and the scopes of an API are listed by name.
   */
  readonly scopes: readonly string[]
}

/** A person who can sign in. */
export interface IdentityProviderUser {
  /** The name to sign in with, and the `sub` of the tokens. */
  readonly name: string
  readonly email: string
  readonly passwordFile: string
  /** The `permissions` claim (a list). */
  readonly permissions: readonly string[]
  /** The scopes of APIs that a client gets for this person, if it may ask for them. @default [] */
  readonly scopes?: readonly string[] | undefined
}

/** The lifetime of tokens when none is configured: long enough to work with, short enough that refreshing is exercised. */
export const DEFAULT_TOKEN_LIFETIME_SECONDS = 900

/** Scopes that OpenID Connect defines, and `permissions`. Every other scope belongs to an API. */
export const IDENTITY_SCOPES: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access', 'permissions'])

import { requestJson } from './request-json.ts'
import { TokenError } from './token-error.ts'

/** What an OpenID Connect provider says about itself, as far as it is used here. */
export interface ProviderMetadata {
  readonly issuer: string
  /** Where tokens are asked for. */
  readonly tokenEndpoint: string | undefined
  /** Where the keys are that tokens are signed with. */
  readonly jwksUri: string | undefined
}

/**
 * Finds what a provider says about itself (OpenID Connect Discovery 1.0). Rejects with a {@link TokenError} when it does not answer, and
 * when it calls itself anything but exactly `issuer`: another issuer's document must not be taken for this one's (section 4.3), and the
 * `iss` of its tokens is compared as strictly.
 */
export async function discoverProvider(issuer: string, signal: AbortSignal): Promise<ProviderMetadata> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const document = ((await requestJson(url, { signal })) ?? {}) as { issuer?: unknown; token_endpoint?: unknown; jwks_uri?: unknown }
  if (document.issuer !== issuer)
    throw new TokenError(
      `${url} is of the issuer ${JSON.stringify(document.issuer)}, not "${issuer}"; set OIDC_ISSUER to exactly what the provider calls itself`,
    )
  return { issuer, tokenEndpoint: text(document.token_endpoint), jwksUri: text(document.jwks_uri) }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

import type { Platform } from '../../model/platform.ts'
import { publicUrl, secretFile, type Value } from '../../model/values.ts'
import type { Call } from '../../model/workload.ts'

export const IDENTITY = 'identity'
/** One client id is the audience of every token to Temporal: people's by code flow, programs' by client credentials. */
export const TEMPORAL_AUDIENCE = 'temporal'
/** The scope that puts Temporal's permissions into a token, at the local provider. */
const PERMISSIONS_SCOPE = 'permissions'
/** What a web application asks for: who a person is, tokens that can be refreshed, and what Temporal lets the person do. */
export const WEB_SCOPES = ['openid', 'profile', 'email', 'offline_access', PERMISSIONS_SCOPE] as const
export const SIGNING_SECRET = 'identity-signing'

/** The issuer of every token; the same text for those who sign, verify and ask. */
export const issuer: Value = publicUrl(IDENTITY, 'http')
/** Who asks for tokens, logs people in or discovers keys calls this. */
export const ISSUER_CALL: Call = { party: IDENTITY, port: 'http' }

/** Where the keys are that tokens are signed with, for those who do not discover them. */
export function keys({ identity: { external } }: Platform): { readonly url: Value; readonly call: Call } {
  // Providers have them anywhere, on another host too.
  return external
    ? { url: publicUrl(IDENTITY, 'keys'), call: { party: IDENTITY, port: 'keys' } }
    : { url: publicUrl(IDENTITY, 'http', '/jwks'), call: ISSUER_CALL }
}

/** What a client is called at the provider. */
export function clientId({ identity: { external } }: Platform, id: string): string {
  return external?.clients[id] ?? id
}

/** The scope that a program asks for in a token for Temporal. */
export function permissionsScope({ identity: { external } }: Platform): string {
  return external?.scope ?? PERMISSIONS_SCOPE
}

/** What a web application asks for. */
export function webScopes(platform: Platform): string[] {
  return WEB_SCOPES.map((scope) => (scope === PERMISSIONS_SCOPE ? permissionsScope(platform) : scope))
}

export function userSecret(user: string): string {
  return `user-${user}`
}

/** The secret of an OIDC client, by its id. */
export function clientSecret(id: string): string {
  return `client-${id}`
}

/** How one of our programs gets tokens for itself. */
export function tokenEnvironment(platform: Platform, id: string): Record<string, Value> {
  const { external } = platform.identity
  return {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId(platform, id),
    OIDC_CLIENT_SECRET_FILE: secretFile(clientSecret(id), 'client-secret'),
    ...(external && { OIDC_SCOPE: permissionsScope(platform) }),
  }
}

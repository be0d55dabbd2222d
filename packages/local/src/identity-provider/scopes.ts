import { IDENTITY_SCOPES } from './configuration.ts'
import type { IdentityProviderClient, IdentityProviderUser } from './configuration.ts'

/** The claims that each scope stands for, in the ID token and in the access token. Authentik puts them in both as well. */
export const CLAIMS_OF_SCOPES = {
  openid: ['sub'],
  profile: ['name', 'preferred_username'],
  email: ['email', 'email_verified'],
  permissions: ['permissions'],
} as const

/** What a token says about a person, for the scopes that were granted. */
export function claimsOfUser(user: IdentityProviderUser, scopes: ReadonlySet<string>): Record<string, unknown> {
  return {
    ...(scopes.has('profile') && { name: user.name, preferred_username: user.name }),
    ...(scopes.has('email') && { email: user.email, email_verified: true }),
    ...(scopes.has('permissions') && { permissions: [...user.permissions] }),
  }
}

/** What a token says about a service. */
export function claimsOfService(client: IdentityProviderClient, scopes: ReadonlySet<string>): Record<string, unknown> {
  return scopes.has('permissions') ? { permissions: [...(client.permissions ?? [])] } : {}
}

/** Splits what a client may ask for into what it gets for a person and what it does not: an API's scopes are the person's own. */
export function scopesForUser(client: IdentityProviderClient, user: IdentityProviderUser): { granted: string[]; refused: string[] } {
  const own = new Set(user.scopes ?? [])
  const granted = client.scopes.filter((scope) => IDENTITY_SCOPES.has(scope) || own.has(scope))
  return { granted, refused: client.scopes.filter((scope) => !granted.includes(scope)) }
}

/** The provider knows audiences by an absolute address; this one is internal, and never appears in a token. */
export function resourceOf(client: IdentityProviderClient): string {
  return `urn:sundial:audience:${encodeURIComponent(client.audience)}`
}

import type { ManagedService } from '../../model/parties.ts'
import { publicUrl, secretFile, type Value } from '../../model/values.ts'
import type { Component } from '../component.ts'

export const IDENTITY = 'identity'
/** One client id is the audience of every token to Temporal: people's by code flow, programs' by client credentials. */
export const TEMPORAL_AUDIENCE = 'temporal'
/** What a web application asks for: who a person is, tokens that can be refreshed, and what Temporal lets the person do. */
export const WEB_SCOPES = ['openid', 'profile', 'email', 'offline_access', 'permissions'] as const
export const SIGNING_SECRET = 'identity-signing'

export const identity: Component = {
  name: IDENTITY,
  contribute(platform) {
    const service: ManagedService = {
      kind: 'managed',
      name: IDENTITY,
      component: IDENTITY,
      area: 'identity',
      description: 'OpenID Connect provider: logs people in, gives programs their tokens',
      ports: { http: { number: 8180, protocol: 'http', public: true } },
      certificates: [],
    }
    const people = Object.keys(platform.identity.users).map((name) => ({ name: userSecret(name), keys: { password: 'password' as const } }))
    return { parties: [service], secrets: [{ name: SIGNING_SECRET, keys: { jwk: 'signing-key', cookies: 'password' } }, ...people] }
  },
}

/** The issuer of every token; the same text for those who sign, verify and ask. */
export const issuer: Value = publicUrl(IDENTITY, 'http')
export const jwksUrl: Value = publicUrl(IDENTITY, 'http', '/jwks')

export function userSecret(user: string): string {
  return `user-${user}`
}

/** The secret of an OIDC client, by its id. */
export function clientSecret(clientId: string): string {
  return `client-${clientId}`
}

/** How one of our programs gets tokens for itself. */
export function tokenEnvironment(clientId: string): Record<string, Value> {
  return { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET_FILE: secretFile(clientSecret(clientId), 'client-secret') }
}

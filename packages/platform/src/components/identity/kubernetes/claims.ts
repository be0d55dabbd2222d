import type { OidcClient } from '../../../model/resources.ts'
import type { Group } from './groups.ts'

/** Authentik's scope mappings are Python: the body of a function that returns claims, which are laid over the standard ones. */
export interface ScopeMapping {
  readonly scope: string
  readonly expression: string
}

/** JSON's texts and lists are Python's, too. */
const python = (value: unknown): string => JSON.stringify(value)

/** What people may do, by their groups. */
export function peopleClaims(groups: readonly Group[]): ScopeMapping {
  const expression = `permissions = []
for group, permission in ${python(groups.map(({ name, permission }) => [name, permission]))}:
    if ak_is_group_member(request.user, name=group):
        permissions.append(permission)
return {"permissions": permissions}
`
  return { scope: 'permissions', expression }
}

/**
 * The claims of a program's token: the plan's, the same as on a laptop. Every client is a provider of its own at Authentik, with an issuer of its own; the
 * platform's one issuer is put over it. Authentik also gives a client's tokens to people who name the client and show a password of their own: not these.
 */
export function programClaims({ id, audience, permissions, scopes }: OidcClient, issuer: string): ScopeMapping[] {
  const mapping = (scope: string, claims: string): ScopeMapping => ({
    scope,
    expression: `if request.user.type != "service_account" or request.user.username != ${python(`ak-${id}-client_credentials`)}:
    return {}
return {"iss": ${python(issuer)}, "sub": ${python(id)}, "aud": ${python(audience)}, ${claims}}
`,
  })
  return [
    ...(permissions.length > 0 ? [mapping('permissions', `"permissions": ${python(permissions)}`)] : []),
    ...scopes.map((scope) => mapping(scope, `"scope": " ".join(scope for scope in token.scope if scope in ${python(scopes)})`)),
  ]
}

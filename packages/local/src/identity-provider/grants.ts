import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import type { LoadedConfiguration } from './read-configuration.ts'
import { resourceOf, scopesForUser } from './scopes.ts'

/**
 * What the signed-in person lets the client do: everything that the configuration allows, without a consent page, since the clients are the
 * owner's own. A grant is written anew at each sign-in, so a change of the configuration holds from then on.
 */
export async function grantWithoutAsking(
  context: KoaContextWithOIDC,
  clients: ReadonlyMap<string, LoadedConfiguration['clients'][number]>,
  users: ReadonlyMap<string, LoadedConfiguration['users'][number]>,
): Promise<Grant | undefined> {
  const { oidc } = context
  const client = clients.get(oidc.client?.clientId ?? '')
  const user = users.get(oidc.account?.accountId ?? '')
  if (client === undefined || user === undefined) return undefined
  const grant = (await existing(context)) ?? new oidc.provider.Grant({ clientId: client.id, accountId: user.name })
  const { granted, refused } = scopesForUser(client, user)
  grant.openid = {}
  grant.resources = {}
  grant.rejected = {}
  grant.addOIDCScope(client.scopes.join(' '))
  grant.addResourceScope(resourceOf(client), granted.join(' '))
  // A scope that is not mentioned would be asked for on a consent page.
  if (refused.length > 0) grant.rejectResourceScope(resourceOf(client), refused.join(' '))
  await grant.save()
  return grant
}

/** The grant of an earlier sign-in is used again, so that signing out revokes all refresh tokens of the client. */
async function existing({ oidc }: KoaContextWithOIDC): Promise<Grant | undefined> {
  const id = oidc.client && oidc.session?.grantIdFor(oidc.client.clientId)
  const grant = id ? await oidc.provider.Grant.find(id) : undefined
  return grant?.accountId === oidc.account?.accountId ? grant : undefined
}

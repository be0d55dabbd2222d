import type { OidcClient } from '../../../model/resources.ts'
import { isReference } from '../../../model/values.ts'
import { publicUrlOf, type Cluster } from '../../../targets/kubernetes/kit.ts'
import { clientVariable } from '../../authentik/names.ts'
import { TEMPORAL_AUDIENCE, WEB_SCOPES } from '../names.ts'
import { peopleClaims, programClaims, type ScopeMapping } from './claims.ts'
import { groupsOf, type Group } from './groups.ts'
import { blueprintYaml, environment, find, keyOf } from './yaml-tags.ts'

/** The application at Authentik whose address is the issuer of every token. */
export const ISSUER_SLUG = TEMPORAL_AUDIENCE

interface Entry {
  readonly model: string
  readonly id?: string
  readonly identifiers?: object
  readonly attrs?: object
}

/** Everything that the platform needs at Authentik, as it applies it: again and again, so what is changed by hand is put back. */
export function blueprint(cluster: Cluster, issuer: string): string {
  const { platform, clients } = cluster.plan
  const groups = groupsOf(platform)
  const entries = [
    ...DEFAULTS,
    ...groups.map(({ name }): Entry => ({ model: 'authentik_core.group', id: groupId(name), identifiers: { name } })),
    ...clients.flatMap((client) => clientEntries(client, { cluster, groups, issuer })),
    ...(clients.some(({ id }) => id === ISSUER_SLUG) ? [] : issuerOnly(cluster)),
  ]
  return blueprintYaml({
    version: 1,
    metadata: { name: platform.name, labels: { 'blueprints.goauthentik.io/description': `Clients of ${platform.name}` } },
    entries,
  })
}

/** Authentik's own blueprints, which these entries build on: on a first start they may not be applied yet. */
const DEFAULTS: readonly Entry[] = [
  'Default - Provider authorization flow (implicit consent)',
  'Default - Provider invalidation flow',
  'System - OAuth2 Provider - Scopes',
].map((name) => ({ model: 'authentik_blueprints.metaapplyblueprint', attrs: { identifiers: { name }, required: false } }))

const groupId = (name: string): string => `group-${name}`

interface Context {
  readonly issuer: string
  readonly cluster: Cluster
  readonly groups: readonly Group[]
}

function clientEntries(client: OidcClient, context: Context): Entry[] {
  const { cluster, groups, issuer } = context
  const isWeb = client.kind === 'web'
  const platform = cluster.plan.platform.name
  const own = isWeb ? [peopleClaims(groups)] : programClaims(client, issuer)
  const redirectUrls = client.redirectUrls.map((value) => redirectUrl(value, cluster))
  return [
    ...own.map((mapping) => mappingEntry(mapping, client, platform)),
    {
      model: 'authentik_providers_oauth2.oauth2provider',
      id: `provider-${client.id}`,
      identifiers: { name: client.id },
      attrs: {
        ...providerDefaults(cluster),
        client_id: client.id,
        client_secret: environment(clientVariable(client.id)),
        grant_types: isWeb ? ['authorization_code', 'refresh_token'] : ['client_credentials'],
        redirect_uris: redirectUrls.map((url) => ({ matching_mode: 'strict', url })),
        property_mappings: [...(isWeb ? STANDARD_SCOPES : []), ...own.map(({ scope }) => keyOf(mappingId(client, scope)))],
      },
    },
    applicationEntry({ id: client.id, title: client.title ?? client.id, launchUrl: isWeb ? redirectUrls[0] : undefined }),
    ...(isWeb ? groups.map(({ name }, order) => bindingEntry(client.id, name, order)) : []),
  ]
}

/** What every provider has: one key, so that who knows the issuer's keys knows every token; nothing that a client did not ask for. */
function providerDefaults({ plan: { platform } }: Cluster): object {
  return {
    authorization_flow: find('authentik_flows.flow', 'slug', 'default-provider-authorization-implicit-consent'),
    invalidation_flow: find('authentik_flows.flow', 'slug', 'default-provider-invalidation-flow'),
    client_type: 'confidential',
    // RSA, so RS256. Without a key, tokens would be signed with each client's secret.
    signing_key: find('authentik_crypto.certificatekeypair', 'name', 'authentik Self-signed Certificate'),
    issuer_mode: 'per_provider',
    sub_mode: 'hashed_user_id',
    // Else the claims of mappings are in neither token.
    include_claims_in_id_token: true,
    access_token_validity: `seconds=${platform.identity.tokenLifetimeSeconds}`,
  }
}

/** Scopes that Authentik brings, of those that a web application asks for. */
const STANDARD_SCOPES = WEB_SCOPES.filter((scope) => scope !== 'permissions').map((scope) =>
  find('authentik_providers_oauth2.scopemapping', 'managed', `goauthentik.io/providers/oauth2/scope-${scope}`),
)

const mappingId = ({ id }: OidcClient, scope: string): string => `scope-${id}-${scope}`

function mappingEntry({ scope, expression }: ScopeMapping, client: OidcClient, platform: string): Entry {
  return {
    model: 'authentik_providers_oauth2.scopemapping',
    id: mappingId(client, scope),
    identifiers: { name: `${platform}: ${client.id}, ${scope}` },
    attrs: { scope_name: scope, expression },
  }
}

function applicationEntry({ id, title, launchUrl }: { readonly id: string; readonly title: string; readonly launchUrl: string | undefined }): Entry {
  return {
    model: 'authentik_core.application',
    id: `application-${id}`,
    identifiers: { slug: id },
    attrs: {
      name: title,
      provider: keyOf(`provider-${id}`),
      policy_engine_mode: 'any',
      // Authentik's word for an application that people do not see among theirs.
      meta_launch_url: launchUrl === undefined ? 'blank://blank' : new URL(launchUrl).origin,
    },
  }
}

/** Members of the group may log in. With one binding there is no one else who may. */
function bindingEntry(application: string, group: string, order: number): Entry {
  return {
    model: 'authentik_policies.policybinding',
    identifiers: { target: keyOf(`application-${application}`), group: keyOf(groupId(group)), order },
    attrs: { enabled: true, negate: false, timeout: 30 },
  }
}

/** Without a Web UI there is no client of the issuer's name: its keys must be found all the same. Nobody can use it. */
function issuerOnly(cluster: Cluster): Entry[] {
  return [
    {
      model: 'authentik_providers_oauth2.oauth2provider',
      id: `provider-${ISSUER_SLUG}`,
      identifiers: { name: ISSUER_SLUG },
      attrs: { ...providerDefaults(cluster), client_id: ISSUER_SLUG, grant_types: [], redirect_uris: [] },
    },
    applicationEntry({ id: ISSUER_SLUG, title: ISSUER_SLUG, launchUrl: undefined }),
  ]
}

function redirectUrl(value: OidcClient['redirectUrls'][number], cluster: Cluster): string {
  if (!isReference(value)) return String(value)
  if (value.ref !== 'public-url') throw new Error('people are sent back to a public URL')
  return publicUrlOf(cluster, value)
}

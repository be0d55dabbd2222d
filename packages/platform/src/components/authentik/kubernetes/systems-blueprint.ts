import { ours, publicHost, type Cluster, type KubernetesObject } from '../../../targets/kubernetes/kit.ts'
import { ADMINISTRATORS, clientVariable, SYSTEMS_BLUEPRINT } from '../names.ts'

interface SystemClient {
  readonly id: string
  readonly title: string
  /** Path that people come back to. */
  readonly callback: string
}

/** The systems of this cluster that people log in to. */
export function systemClients({ settings: { systems } }: Cluster): SystemClient[] {
  return [
    ...(systems.argoCd.run === 'here' ? [{ id: 'argocd', title: 'Argo CD', callback: '/auth/callback' }] : []),
    ...(systems.monitoring.run === 'here' ? [{ id: 'grafana', title: 'Grafana', callback: '/login/generic_oauth' }] : []),
  ]
}

/** What Authentik makes of them. A blueprint's own tags name what is there already. */
export function systemsBlueprint(cluster: Cluster): KubernetesObject {
  const text = [HEAD, ...systemClients(cluster).map((client) => entries(client, cluster))].join('\n')
  return ours(cluster, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: SYSTEMS_BLUEPRINT, namespace: 'identity' },
    data: { 'systems.yaml': `${text}\n` },
  })
}

const HEAD = `version: 1
metadata:
  name: Systems of the cluster
entries:
  - { model: authentik_blueprints.metaapplyblueprint, attrs: { identifiers: { name: Default - Provider authorization flow (implicit consent) }, required: false } }
  - { model: authentik_blueprints.metaapplyblueprint, attrs: { identifiers: { name: Default - Provider invalidation flow }, required: false } }
  - { model: authentik_blueprints.metaapplyblueprint, attrs: { identifiers: { name: System - OAuth2 Provider - Scopes }, required: false } }
  - model: authentik_core.group
    id: administrators
    identifiers: { name: ${ADMINISTRATORS} }`

const FLOWS = { authorization_flow: 'default-provider-authorization-implicit-consent', invalidation_flow: 'default-provider-invalidation-flow' } as const
const SCOPES = ['openid', 'profile', 'email'] as const

function entries({ id, title, callback }: SystemClient, cluster: Cluster): string {
  const url = `https://${publicHost(cluster, id)}`
  return `  - model: authentik_providers_oauth2.oauth2provider
    id: provider-${id}
    identifiers: { name: ${id} }
    attrs:
${Object.entries(FLOWS)
  .map(([name, slug]) => `      ${name}: !Find [authentik_flows.flow, [slug, ${slug}]]`)
  .join('\n')}
      client_type: confidential
      client_id: ${id}
      client_secret: !Env ${clientVariable(id)}
      signing_key: !Find [authentik_crypto.certificatekeypair, [name, authentik Self-signed Certificate]]
      include_claims_in_id_token: true
      grant_types: [authorization_code, refresh_token]
      redirect_uris:
        - { matching_mode: strict, url: "${url}${callback}" }
      property_mappings:
${SCOPES.map((scope) => `        - !Find [authentik_providers_oauth2.scopemapping, [managed, goauthentik.io/providers/oauth2/scope-${scope}]]`).join('\n')}
  - model: authentik_core.application
    id: application-${id}
    identifiers: { slug: ${id} }
    attrs: { name: ${title}, provider: !KeyOf provider-${id}, meta_launch_url: "${url}" }`
}

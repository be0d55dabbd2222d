import { copies, publicHost, pullSecrets, resources, type Cluster } from '../../../targets/kubernetes/kit.ts'
import type { Values } from '../../../targets/kubernetes/system.ts'
import { ADMINISTRATORS } from '../../authentik/names.ts'
import { clientSecret } from '../../identity/names.ts'

/** @param health scripts for kinds that Argo CD does not judge by itself, by `<group>/<kind>` */
export function argoValues(cluster: Cluster, health: Readonly<Record<string, string>>): Values {
  const replicas = copies(cluster)
  const domain = publicHost(cluster, 'argocd')
  const signsOn = !cluster.plan.platform.identity.external
  return {
    fullnameOverride: 'argocd',
    crds: { install: true, keep: true },
    global: {
      domain,
      imagePullSecrets: pullSecrets(cluster),
      // The tree has its own.
      networkPolicy: { create: false },
      logging: { format: 'json' },
    },
    configs: {
      cm: {
        url: `https://${domain}`,
        ...Object.fromEntries(Object.entries({ 'argoproj.io/Application': APPLICATION_HEALTH, ...health }).map(([kind, script]) => [healthKey(kind), script])),
        ...(signsOn && { 'oidc.config': singleSignOn(cluster) }),
      },
      // The gateway has the certificate.
      params: { 'server.insecure': true, 'controller.diff.server.side': true },
      rbac: { 'policy.default': 'role:readonly', 'policy.csv': `g, ${ADMINISTRATORS}, role:admin\n`, scopes: '[groups]' },
    },
    dex: { enabled: false },
    notifications: { enabled: false },
    controller: { resources: resources('250m', '512Mi', '2Gi') },
    server: { replicas, pdb: { enabled: replicas > 1, ...(replicas > 1 && { minAvailable: 1 }) }, resources: resources('50m', '128Mi', '512Mi') },
    repoServer: { replicas, pdb: { enabled: replicas > 1, ...(replicas > 1 && { minAvailable: 1 }) }, resources: resources('100m', '256Mi', '1Gi') },
    applicationSet: { resources: resources('20m', '64Mi', '256Mi') },
    redis: { resources: resources('20m', '64Mi', '256Mi') },
  }
}

/** `<group>/<kind>` as Argo CD writes it in a key. */
const healthKey = (kind: string): string => `resource.customizations.health.${kind.replace('/', '_')}`

function singleSignOn(cluster: Cluster): string {
  const lines = {
    name: 'Authentik',
    issuer: `https://${publicHost(cluster, 'auth')}/application/o/argocd/`,
    clientID: 'argocd',
    clientSecret: `$${clientSecret('argocd')}:client-secret`,
    requestedScopes: '["openid", "profile", "email"]',
  }
  return Object.entries(lines)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')
}

/** Without it, an application of applications would not wait for one wave before the next. */
const APPLICATION_HEALTH = `local health = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil then
  health.status = obj.status.health.status
  if obj.status.health.message ~= nil then health.message = obj.status.health.message end
end
return health
`

import {
  askedByApiServer,
  callsApiServer,
  chartRelease,
  copies,
  ours,
  outside,
  platformPriority,
  podMonitor,
  pods,
  pullSecrets,
  RELEASE_WAVES,
  resources,
  scrapedAt,
  SYSTEMS_DOMAIN,
  systemPods,
  trustConfigMap,
  type Allowed,
  type Cluster,
  type KubernetesObject,
  type PodsPeer,
} from '../../targets/kubernetes/kit.ts'
import type { ChartRelease, KubernetesSystem, Values } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { VAULT_AUDIENCE, vaultAccess } from '../vault/access.ts'

const NAMESPACE = 'security'
const METRICS_PORT = 8080
const WEBHOOK_PORT = 10_250
/** The account that Vault knows. It may read and write the platform's secrets there, and nothing in the cluster. */
const VAULT_ACCOUNT = 'external-secrets-vault'

/** Brings secrets from Vault to where they are used, and new ones there. */
export const externalSecretsKubernetes: KubernetesSystem = {
  name: 'external-secrets',
  contribute(cluster) {
    const system = cluster.settings.systems.externalSecrets
    const podsOf = (name: string): PodsPeer => systemPods(system, pods(NAMESPACE, { 'app.kubernetes.io/name': name }))
    const parts = ['external-secrets', 'external-secrets-webhook', 'external-secrets-cert-controller']
    return {
      releases: system.run === 'here' ? [release(cluster)] : [],
      objects: [
        ours(cluster, {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: VAULT_ACCOUNT, namespace: NAMESPACE },
          automountServiceAccountToken: false,
        }),
        store(cluster),
        ...podMonitor({ name: 'external-secrets', pods: podsOf('external-secrets'), port: METRICS_PORT }, cluster),
      ],
      allowed: [
        ...parts.map((name) => callsApiServer(podsOf(name), name, cluster)),
        askedByApiServer(podsOf('external-secrets-webhook'), WEBHOOK_PORT, { what: 'External Secrets', cluster }),
        scrapedAt(podsOf('external-secrets'), METRICS_PORT, 'External Secrets'),
        toVault(podsOf('external-secrets'), cluster),
      ],
    }
  },
}

function release(cluster: Cluster): ChartRelease {
  const replicaCount = copies(cluster)
  const common: Values = {
    replicaCount,
    imagePullSecrets: pullSecrets(cluster),
    priorityClassName: platformPriority(cluster),
    podDisruptionBudget: { enabled: replicaCount > 1 },
    resources: resources('20m', '128Mi', '256Mi'),
  }
  return chartRelease(
    {
      chart: chartNamed('external-secrets'),
      namespace: NAMESPACE,
      wave: RELEASE_WAVES.distribution,
      values: {
        ...common,
        installCRDs: true,
        leaderElect: replicaCount > 1,
        // Secrets of the whole cluster are nobody's here.
        crds: { createClusterExternalSecret: false, createClusterPushSecret: false },
        processClusterExternalSecret: false,
        processClusterPushSecret: false,
        webhook: common,
        certController: common,
      },
    },
    cluster,
  )
}

/** After the roots are there, by which Vault's certificate is checked. */
const AFTER_ROOTS = { 'argocd.argoproj.io/sync-wave': '-2' } as const

function store(cluster: Cluster): KubernetesObject {
  const { vault } = cluster.settings
  const { url, isHere } = vaultAccess(cluster.settings)
  const root = isHere ? trustConfigMap(SYSTEMS_DOMAIN) : vault.caConfigMap
  return ours(cluster, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ClusterSecretStore',
    metadata: { name: 'vault', annotations: AFTER_ROOTS },
    spec: {
      conditions: [{ namespaceSelector: { matchLabels: { 'app.kubernetes.io/part-of': cluster.plan.platform.name } } }],
      provider: {
        vault: {
          server: url,
          path: vault.mount,
          version: 'v2',
          ...(root !== undefined && { caProvider: { type: 'ConfigMap', name: root, key: 'ca.crt', namespace: NAMESPACE } }),
          auth: {
            kubernetes: {
              mountPath: vault.authMount,
              role: vault.role,
              serviceAccountRef: { name: VAULT_ACCOUNT, namespace: NAMESPACE, audiences: [VAULT_AUDIENCE] },
            },
          },
        },
      },
    },
  })
}

function toVault(from: PodsPeer, cluster: Cluster): Allowed {
  const { isHere, podPort, outsidePort } = vaultAccess(cluster.settings)
  const why = 'External Secrets reads and writes secrets'
  return isHere
    ? { from, to: pods('security', { 'app.kubernetes.io/name': 'vault' }), ports: [{ number: podPort }], why }
    : { from, to: outside(cluster), ports: [{ number: outsidePort }], why }
}

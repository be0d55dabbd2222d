import { managedServicesOf } from '../../model/plan.ts'
import {
  chartRelease,
  copies,
  platformPriority,
  podMonitor,
  pods,
  pullSecrets,
  RELEASE_WAVES,
  resources,
  scrapedAt,
  type Cluster,
} from '../../targets/kubernetes/kit.ts'
import type { ChartRelease, KubernetesSystem, Values } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { clientSecret, IDENTITY } from '../identity/names.ts'
import { systemsBlueprint, systemClients } from './kubernetes/systems-blueprint.ts'
import { clientVariable, PLATFORM_BLUEPRINT, SYSTEMS_BLUEPRINT } from './names.ts'

const NAMESPACE = 'identity'
const OWN = pods(NAMESPACE, { 'app.kubernetes.io/name': 'authentik' })
const SERVER_LABELS = { 'app.kubernetes.io/name': 'authentik', 'app.kubernetes.io/component': 'server' } as const
const HTTP_PORT = 9000
const METRICS_PORT = 9300
const DATABASE = 'authentik-postgresql'
const SECRET = 'authentik'
const ROOT_FOLDER = '/database-root'

/** Logs people in, and gives programs their tokens, where no provider of others does. Its clients are blueprints of the tree. */
export const authentikKubernetes: KubernetesSystem = {
  name: 'authentik',
  contribute(cluster) {
    if (!managedServicesOf(cluster.plan).some(({ name }) => name === IDENTITY)) return {}
    return {
      releases: [release(cluster)],
      databases: [{ name: DATABASE, namespace: NAMESPACE, database: 'authentik', storage: '5Gi', usedBy: OWN }],
      secrets: [
        {
          namespace: NAMESPACE,
          name: SECRET,
          keys: { AUTHENTIK_SECRET_KEY: 'password', AUTHENTIK_BOOTSTRAP_PASSWORD: 'password', AUTHENTIK_BOOTSTRAP_TOKEN: 'password' },
        },
        ...systemClients(cluster).map(({ id }) => ({ namespace: NAMESPACE, name: clientSecret(id), keys: { 'client-secret': 'password' as const } })),
      ],
      objects: [systemsBlueprint(cluster), ...podMonitor({ name: 'authentik', pods: OWN, port: METRICS_PORT }, cluster)],
      allowed: [scrapedAt(OWN, METRICS_PORT, 'Authentik')],
      open: [{ name: 'auth', namespace: NAMESPACE, service: 'authentik-server', port: 80, podLabels: SERVER_LABELS, podPort: HTTP_PORT }],
    }
  },
}

function release(cluster: Cluster): ChartRelease {
  const replicas = copies(cluster)
  const part = (name: 'server' | 'worker'): Values => ({
    replicas,
    pdb: { enabled: replicas > 1, ...(replicas > 1 && { maxUnavailable: 1 }) },
    resources: resources('100m', '512Mi', '1Gi'),
    containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    automountServiceAccountToken: false,
    ...(name === 'server' && { service: { servicePortHttp: 80 } }),
  })
  return chartRelease(
    {
      chart: chartNamed('authentik'),
      namespace: NAMESPACE,
      wave: RELEASE_WAVES.services,
      values: {
        global: {
          imagePullSecrets: pullSecrets(cluster),
          priorityClassName: platformPriority(cluster),
          securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
          // Its secrets are read once.
          deploymentAnnotations: {
            'secret.reloader.stakater.com/reload': [SECRET, `${DATABASE}-app`, ...clientSecrets(cluster).map(({ secret }) => secret)].join(','),
          },
          env: environment(cluster),
          volumes: [{ name: 'database-root', secret: { secretName: `${DATABASE}-ca`, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
          volumeMounts: [{ name: 'database-root', mountPath: ROOT_FOLDER, readOnly: true }],
        },
        authentik: { existingSecret: { secretName: SECRET } },
        blueprints: { configMaps: [PLATFORM_BLUEPRINT, SYSTEMS_BLUEPRINT] },
        // It makes nothing in the cluster.
        serviceAccount: { create: false },
        server: part('server'),
        worker: part('worker'),
      },
    },
    cluster,
  )
}

/** The secrets of clients that its blueprints name. */
function clientSecrets(cluster: Cluster): { readonly id: string; readonly secret: string }[] {
  const own = systemClients(cluster).map(({ id }) => ({ id, secret: clientSecret(id) }))
  return [...cluster.plan.clients.map(({ id, secret }) => ({ id, secret })), ...own]
}

function environment(cluster: Cluster): Values[] {
  const { clusterRanges } = cluster.settings.network
  const plain: Readonly<Record<string, string>> = {
    AUTHENTIK_POSTGRESQL__HOST: `${DATABASE}-rw.${NAMESPACE}.svc`,
    AUTHENTIK_POSTGRESQL__NAME: 'authentik',
    AUTHENTIK_POSTGRESQL__USER: 'authentik',
    AUTHENTIK_POSTGRESQL__SSLMODE: 'verify-full',
    AUTHENTIK_POSTGRESQL__SSLROOTCERT: `${ROOT_FOLDER}/ca.crt`,
    // The issuer's name depends on what the gateway says of a request.
    AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS: clusterRanges.join(','),
    AUTHENTIK_DISABLE_UPDATE_CHECK: 'true',
    AUTHENTIK_DISABLE_STARTUP_ANALYTICS: 'true',
    AUTHENTIK_ERROR_REPORTING__ENABLED: 'false',
    AUTHENTIK_LOG_LEVEL: 'info',
  }
  return [
    ...Object.entries(plain).map(([name, value]) => ({ name, value })),
    { name: 'AUTHENTIK_POSTGRESQL__PASSWORD', valueFrom: { secretKeyRef: { name: `${DATABASE}-app`, key: 'password' } } },
    ...clientSecrets(cluster).map(({ id, secret }) => ({ name: clientVariable(id), valueFrom: { secretKeyRef: { name: secret, key: 'client-secret' } } })),
  ]
}

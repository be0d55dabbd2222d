import { managedServicesOf } from '../../model/plan.ts'
import {
  askedByApiServer,
  callsApiServer,
  chartRelease,
  copies,
  platformPriority,
  podMonitor,
  pods,
  pullSecrets,
  RELEASE_WAVES,
  resources,
  scrapedAt,
  systemPods,
  type Cluster,
} from '../../targets/kubernetes/kit.ts'
import type { ChartRelease, KubernetesSystem } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { POSTGRESQL } from '../postgresql/names.ts'
import { systemDatabase } from './kubernetes/system-database.ts'

const NAMESPACE = 'operators'
const METRICS_PORT = 8080
const WEBHOOK_PORT = 9443
const PLUGIN_PORT = 9090

/** Runs PostgreSQL: Temporal's with the products' databases, and one for each system that wants its own. */
export const cloudNativePgKubernetes: KubernetesSystem = {
  name: 'cloudnative-pg',
  contribute(cluster) {
    const { systems, backups } = cluster.settings
    const operator = systemPods(systems.cloudNativePg, pods(NAMESPACE, { 'app.kubernetes.io/name': 'cloudnative-pg' }))
    const plugin = systemPods(systems.cloudNativePg, pods(NAMESPACE, { 'app.kubernetes.io/name': 'plugin-barman-cloud' }))
    if (!isNeeded(cluster)) return {}
    return {
      releases: systems.cloudNativePg.run === 'here' ? [operatorRelease(cluster), ...(backups ? [pluginRelease(cluster)] : [])] : [],
      objects: podMonitor({ name: 'cloudnative-pg', pods: operator, port: METRICS_PORT }, cluster),
      allowed: [
        callsApiServer(operator, 'CloudNativePG', cluster),
        askedByApiServer(operator, WEBHOOK_PORT, { what: 'CloudNativePG', cluster }),
        scrapedAt(operator, METRICS_PORT, 'CloudNativePG'),
        ...(backups
          ? [
              callsApiServer(plugin, 'the plugin for backups', cluster),
              { from: operator, to: plugin, ports: [{ number: PLUGIN_PORT }], why: 'CloudNativePG asks its plugin for backups' },
            ]
          : []),
      ],
      health: { 'postgresql.cnpg.io/Database': APPLIED_HEALTH, 'postgresql.cnpg.io/DatabaseRole': APPLIED_HEALTH },
    }
  },
  contributeFor({ databases }, cluster) {
    const made = databases.map((database) => systemDatabase(database, cluster))
    return {
      objects: made.flatMap(({ objects }) => objects),
      allowed: made.flatMap(({ allowed }) => allowed),
      makes: databases.flatMap(({ namespace, name }) => [`${namespace}/${name}-app`, `${namespace}/${name}-ca`]),
      secrets: made.flatMap(({ secrets }) => secrets),
    }
  },
}

/** Where no PostgreSQL is run here, nothing needs it. */
function isNeeded({ plan, settings }: Cluster): boolean {
  const runsOwn = managedServicesOf(plan).some(({ name }) => name === POSTGRESQL || name === 'identity')
  return runsOwn || settings.systems.apiManagement.run === 'here'
}

function operatorRelease(cluster: Cluster): ChartRelease {
  return chartRelease(
    {
      chart: chartNamed('cloudnative-pg'),
      namespace: NAMESPACE,
      wave: RELEASE_WAVES.operators,
      values: {
        replicaCount: copies(cluster),
        imagePullSecrets: pullSecrets(cluster),
        priorityClassName: platformPriority(cluster),
        crds: { create: true },
        resources: resources('50m', '128Mi', '256Mi'),
      },
    },
    cluster,
  )
}

/** It stands beside the operator, which looks for it there. */
function pluginRelease(cluster: Cluster): ChartRelease {
  return chartRelease(
    {
      chart: chartNamed('plugin-barman-cloud'),
      namespace: NAMESPACE,
      wave: RELEASE_WAVES.services,
      values: {
        imagePullSecrets: pullSecrets(cluster),
        priorityClassName: platformPriority(cluster),
        crds: { create: true },
        resources: resources('20m', '64Mi', '128Mi'),
      },
    },
    cluster,
  )
}

const APPLIED_HEALTH = `local health = { status = "Progressing", message = "waiting for the operator" }
if obj.status ~= nil and obj.status.applied ~= nil then
  health.message = obj.status.message or ""
  if obj.status.applied then health.status = "Healthy" else health.status = "Degraded" end
end
return health
`

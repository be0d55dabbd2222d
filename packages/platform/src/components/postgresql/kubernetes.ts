import type { AdapterSecret, KubernetesAdapter } from '../../targets/kubernetes/adapter.ts'
import { certificatesOf, type Cluster, multipliedRequests, podMonitor, serviceHost, storeSecret } from '../../targets/kubernetes/kit.ts'
import { backupObjects, checkBackups, SIDECAR } from './kubernetes/backups.ts'
import { checkConnections } from './kubernetes/budget.ts'
import { instancesOf, postgresqlCluster } from './kubernetes/cluster.ts'
import { clusterConnections, SERVERS, SQL } from './kubernetes/connections.ts'
import { databaseObjects } from './kubernetes/databases.ts'
import { CLUSTER_LABELS, NAMESPACE, RELOAD_LABEL, SERVICES, WRITE_SERVICE } from './kubernetes/names.ts'
import { checkParameters } from './kubernetes/parameters.ts'
import { POSTGRESQL } from './names.ts'

/** In a cluster: CloudNativePG, which makes servers, roles and databases, lets another server take over, and writes backups. */
export const postgresqlKubernetes: KubernetesAdapter = {
  service: POSTGRESQL,
  adapt(service, cluster) {
    const { backups, postgresql } = cluster.settings
    const ofOne = [postgresql.resources, ...(backups ? [SIDECAR.requests] : [])]
    return {
      objects: [
        ...certificatesOf({ ...service, services: SERVICES, secretLabels: RELOAD_LABEL }, cluster),
        postgresqlCluster(cluster),
        ...databaseObjects(cluster),
        ...backupObjects(cluster),
        ...podMonitor({ name: POSTGRESQL, pods: SERVERS, port: 'metrics' }, cluster),
      ],
      podLabels: CLUSTER_LABELS,
      namespace: NAMESPACE,
      endpoints: { sql: { host: serviceHost(WRITE_SERVICE, NAMESPACE), port: SQL } },
      allowed: clusterConnections(cluster),
      secrets: passwords(cluster),
      wanted: backups ? [storeSecret(NAMESPACE, backups)] : [],
      problems: [...checkParameters(cluster), ...checkConnections(cluster), ...checkBackups(cluster)],
      requests: multipliedRequests(ofOne, instancesOf(cluster)),
    }
  },
}

/** In the form in which the operator reads them, and with the label by which it notices a new password. */
function passwords({ plan: { databases } }: Cluster): AdapterSecret[] {
  return [...new Map(databases.map(({ secret, owner }) => [secret, owner]))].map(([name, username]) => ({
    name,
    namespace: NAMESPACE,
    form: { type: 'kubernetes.io/basic-auth', labels: RELOAD_LABEL, fixed: { username } },
  }))
}

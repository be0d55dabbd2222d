import type { Diagnostic } from '../../model/diagnostics.ts'
import type { KubernetesAdapter } from '../../targets/kubernetes/adapter.ts'
import {
  type Allowed,
  certificatesOf,
  type Cluster,
  memoryOf,
  multipliedRequests,
  outside,
  pods,
  serviceHost,
  storePort,
  storeSecret,
  systemPods,
} from '../../targets/kubernetes/kit.ts'
import { isSecured } from './access.ts'
import { elasticsearchCluster, nodesOf } from './kubernetes/cluster.ts'
import { CLUSTER_LABELS, HTTP_SERVICE, NAMESPACE } from './kubernetes/names.ts'
import { checkSnapshots } from './kubernetes/snapshots.ts'
import { userSecret } from './kubernetes/user.ts'
import { ELASTICSEARCH } from './names.ts'

const HTTP = 9200
const TRANSPORT = 9300
const NODES = pods(NAMESPACE, CLUSTER_LABELS)

/** In a cluster: Elastic Cloud on Kubernetes runs it. */
export const elasticsearchKubernetes: KubernetesAdapter = {
  service: ELASTICSEARCH,
  adapt(service, cluster) {
    const { backups } = cluster.settings
    const secured = isSecured(cluster.plan.platform)
    return {
      objects: [...certificatesOf({ ...service, services: [HTTP_SERVICE] }, cluster), elasticsearchCluster(cluster, secured)],
      podLabels: CLUSTER_LABELS,
      namespace: NAMESPACE,
      endpoints: { http: { host: serviceHost(HTTP_SERVICE, NAMESPACE), port: HTTP } },
      allowed: connections(cluster),
      secrets: secured ? [userSecret(cluster.plan.platform.elasticsearch.index)] : [],
      wanted: backups && checkSnapshots(cluster).length === 0 ? [storeSecret(NAMESPACE, backups)] : [],
      problems: [...checkHeap(cluster), ...checkSnapshots(cluster)],
      requests: multipliedRequests([cluster.settings.elasticsearch.resources], nodesOf(cluster)),
    }
  },
}

function connections(cluster: Cluster): Allowed[] {
  const { backups, systems } = cluster.settings
  const operator = systemPods(systems.elasticOperator, pods('operators', { 'app.kubernetes.io/name': 'elastic-operator' }))
  return [
    { from: operator, to: NODES, ports: [{ number: HTTP }], why: 'the Elasticsearch operator looks after its nodes' },
    { from: NODES, to: NODES, ports: [{ number: TRANSPORT }, { number: HTTP }], why: 'the nodes are one cluster' },
    ...(backups ? [{ from: NODES, to: outside(cluster), ports: [{ number: storePort(backups) }], why: 'snapshots go to the object store' }] : []),
  ]
}

/** As much again is for what Java has outside of its heap, and for the files that the kernel keeps in memory. */
function checkHeap({ plan, settings }: Cluster): Diagnostic[] {
  const { heapMebibytes } = plan.platform.elasticsearch
  const { memory } = settings.elasticsearch.resources
  if (heapMebibytes * 2 ** 20 * 2 <= memoryOf(memory)) return []
  return [
    {
      path: 'elasticsearch.heapMebibytes',
      message: `is ${heapMebibytes}, more than half of the ${memory} of memory that each node has`,
      hint: `make it smaller, or kubernetes.elasticsearch.resources.memory at least ${heapMebibytes * 2}Mi`,
    },
  ]
}

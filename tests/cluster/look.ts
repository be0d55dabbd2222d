import type { KubernetesApi, Manifest } from '@sundial/operations/deploy'

/** A running pod, and whose it is. */
export interface Pod {
  readonly uid: string
  readonly namespace: string
  /** The name label: the workload. */
  readonly workload: string
  readonly phase: string
  readonly node: string
}

export async function podsOf(api: KubernetesApi): Promise<readonly Pod[]> {
  const pods = await api.list({ apiVersion: 'v1', kind: 'Pod' })
  return pods.map(({ metadata, spec, status }) => ({
    uid: metadata.uid ?? '',
    namespace: metadata.namespace ?? '',
    workload: metadata.labels?.['app.kubernetes.io/name'] ?? '',
    phase: (status as { readonly phase: string }).phase,
    node: (spec as { readonly nodeName?: string }).nodeName ?? '',
  }))
}

export async function deploymentsOf(api: KubernetesApi): Promise<readonly { readonly name: string; readonly replicas: number }[]> {
  const deployments = await api.list({ apiVersion: 'apps/v1', kind: 'Deployment' })
  return deployments.map(({ metadata, spec }) => ({ name: metadata.name, replicas: (spec as { readonly replicas: number }).replicas }))
}

/** Kinds that a deployment or its controllers may leave behind, with what the cluster itself has of them. */
const LEFTOVERS = [
  ['v1', 'Namespace'],
  ['v1', 'Pod'],
  ['v1', 'Secret'],
  ['v1', 'ConfigMap'],
  ['v1', 'Service'],
  ['v1', 'ServiceAccount'],
  ['v1', 'PersistentVolumeClaim'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'ReplicaSet'],
  ['batch/v1', 'Job'],
  ['scheduling.k8s.io/v1', 'PriorityClass'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
] as const

/** Everything in the cluster of these kinds, and of those of some objects, by kind and name. */
export async function contentOf(api: KubernetesApi, objects: readonly Pick<Manifest, 'apiVersion' | 'kind'>[]): Promise<readonly string[]> {
  const kinds = new Map([...LEFTOVERS.map(([apiVersion, kind]) => ({ apiVersion, kind })), ...objects].map((each) => [`${each.apiVersion} ${each.kind}`, each]))
  const found = await Promise.all([...kinds.values()].map(({ apiVersion, kind }) => api.list({ apiVersion, kind })))
  return found
    .flat()
    .map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace ?? ''}/${name}`)
    .sort()
}

import { ours, type Cluster } from './cluster.ts'
import { NAMESPACES, type NamespaceName } from './namespaces.ts'
import type { KubernetesObject } from './object.ts'
import { PRIORITIES, priorityName } from './priority.ts'
import { TRUST_LABEL } from './trust/names.ts'

/** The version of the Pod Security Standards that is enforced: a newer cluster changes nothing by itself. */
const STANDARDS = 'v1.34'

/** Namespaces with their level of the Pod Security Standards, and what a container gets that says nothing. */
export function namespaceObjects(cluster: Cluster): KubernetesObject[] {
  return (Object.keys(NAMESPACES) as NamespaceName[]).flatMap((name) => [namespace(name, cluster), limits(name, cluster)])
}

function namespace(name: NamespaceName, cluster: Cluster): KubernetesObject {
  const { level, description } = NAMESPACES[name]
  const modes = ['enforce', 'audit', 'warn'].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, level],
    [`pod-security.kubernetes.io/${mode}-version`, STANDARDS],
  ])
  return ours(cluster, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { ...(Object.fromEntries(modes) as Record<string, string>), [TRUST_LABEL]: 'true' },
      annotations: { 'sundial.dev/description': description },
    },
  })
}

function limits(name: NamespaceName, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'containers', namespace: name },
    spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '50m', memory: '128Mi' }, default: { cpu: '500m', memory: '512Mi' } }] },
  })
}

/** Who stays when there is not room for all. */
export function priorityClasses(cluster: Cluster): KubernetesObject[] {
  return Object.entries(PRIORITIES).map(([name, { value, description }]) =>
    ours(cluster, {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: priorityName(cluster.plan.platform.name, name as keyof typeof PRIORITIES) },
      value,
      globalDefault: false,
      preemptionPolicy: 'PreemptLowerPriority',
      description,
    }),
  )
}

import type { KubernetesObject } from '../object.ts'

/** What even charts of others need: namespaces, and the priorities of their pods. */
export const FOUNDATION_UNIT = 'foundation'
/** Other objects of the whole cluster; all others go with their namespace. */
export const CLUSTER_UNIT = 'cluster'

const FOUNDATION: ReadonlySet<string> = new Set(['Namespace', 'PriorityClass'])

/** The part of a tree that an object is in: Argo CD brings each to the cluster by itself. */
export function unitOf({ kind, metadata }: KubernetesObject): string {
  return FOUNDATION.has(kind) ? FOUNDATION_UNIT : (metadata.namespace ?? CLUSTER_UNIT)
}

/** Units in the order of their names, those of the whole cluster first: everything else stands on them. */
export function unitsOf(objects: readonly KubernetesObject[]): string[] {
  const names = new Set(objects.map(unitOf))
  const ofCluster = [FOUNDATION_UNIT, CLUSTER_UNIT]
  return [...ofCluster.filter((name) => names.has(name)), ...[...names].filter((name) => !ofCluster.includes(name)).sort()]
}

import type { Cursor } from './cursor.ts'
import { kindOf, nameOf, namespaceOf } from './object-names.ts'
import type { Tree } from './tree.ts'

/** Whoever scales something. */
export function scalersOf(tree: Tree, owner: Cursor): Cursor[] {
  const candidates = [...tree.of('autoscaling', 'HorizontalPodAutoscaler'), ...tree.of('keda.sh', 'ScaledObject')]
  return candidates.filter((at) => {
    const target = at.get('spec', 'scaleTargetRef')
    return namespaceOf(at) === namespaceOf(owner) && target.get('name').text === nameOf(owner) && (target.get('kind').text ?? 'Deployment') === kindOf(owner)
  })
}

/** What Kubernetes and KEDA take where nothing is said. */
const KEDA_MAXIMUM = 100

/** The most copies of something that may run, while none is replaced. */
export function mostReplicas(tree: Tree, owner: Cursor): number {
  const scaled = scalersOf(tree, owner).map((at) => at.get('spec', 'maxReplicas').number ?? at.get('spec', 'maxReplicaCount').number ?? KEDA_MAXIMUM)
  return Math.max(owner.get('spec', 'replicas').number ?? 1, ...scaled)
}

/** The fewest. */
export function fewestReplicas(tree: Tree, owner: Cursor): number {
  const scaled = scalersOf(tree, owner).map((at) => at.get('spec', 'minReplicas').number ?? at.get('spec', 'minReplicaCount').number ?? 1)
  return scaled.length > 0 ? Math.min(...scaled) : (owner.get('spec', 'replicas').number ?? 1)
}

/** Copies beyond that while old ones are replaced, at most one of each at a time where nothing else is said. */
export function surge(owner: Cursor): number {
  if (kindOf(owner) !== 'Deployment' || owner.get('spec', 'strategy', 'type').text === 'Recreate') return 0
  return owner.get('spec', 'strategy', 'rollingUpdate', 'maxSurge').number ?? 1
}

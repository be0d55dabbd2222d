import type { Manifest } from '../kubernetes/manifest.ts'

/** Argo CD's annotation: the tree says once what goes before what. */
const WAVE_ANNOTATION = 'argocd.argoproj.io/sync-wave'

/** Within a wave, what others need is first: these kinds, in this order, then all others. */
const FIRST_KINDS = [
  'Namespace',
  'CustomResourceDefinition',
  'PriorityClass',
  'ResourceQuota',
  'LimitRange',
  'NetworkPolicy',
  'ServiceAccount',
  'ClusterRole',
  'Role',
  'ClusterRoleBinding',
  'RoleBinding',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
  'Service',
]

export function waveOf({ metadata }: Manifest): number {
  return Number(metadata.annotations?.[WAVE_ANNOTATION] ?? 0)
}

/** Objects in the order in which they are applied: wave by wave; each wave in groups whose objects do not need each other. */
export function wavesOf(objects: readonly Manifest[]): (readonly (readonly Manifest[])[])[] {
  const waves = grouped(objects, waveOf)
  return waves.map((wave) => grouped(wave, ({ kind }) => (FIRST_KINDS.includes(kind) ? FIRST_KINDS.indexOf(kind) : FIRST_KINDS.length)))
}

function grouped(objects: readonly Manifest[], order: (object: Manifest) => number): (readonly Manifest[])[] {
  const groups = new Map<number, Manifest[]>()
  for (const object of objects) groups.set(order(object), [...(groups.get(order(object)) ?? []), object])
  return [...groups].sort(([one], [other]) => one - other).map(([, group]) => group)
}

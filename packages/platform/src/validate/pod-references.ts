import type { Cursor } from './cursor.ts'
import { containersOf, type Pods } from './pods.ts'

/** A pod's mention of a Secret or ConfigMap. */
export interface PodReference {
  readonly kind: 'Secret' | 'ConfigMap'
  /** Where its name is written. */
  readonly name: Cursor
  /** Where a key is written, if one is. */
  readonly key?: Cursor
}

/** Every Secret and ConfigMap without which a pod does not start. */
export function podReferences(pods: Pods): PodReference[] {
  return [
    ...containersOf(pods).flatMap((container) => [...variables(container), ...wholeEnvironments(container)]),
    ...pods.spec.get('volumes').items.flatMap((volume) => volumeReferences(volume)),
  ]
}

function variables(container: Cursor): PodReference[] {
  return container
    .get('env')
    .items.flatMap((variable) => [
      ...one('Secret', variable.get('valueFrom', 'secretKeyRef'), 'name', 'key'),
      ...one('ConfigMap', variable.get('valueFrom', 'configMapKeyRef'), 'name', 'key'),
    ])
}

function wholeEnvironments(container: Cursor): PodReference[] {
  return container
    .get('envFrom')
    .items.flatMap((from) => [...one('Secret', from.get('secretRef'), 'name'), ...one('ConfigMap', from.get('configMapRef'), 'name')])
}

function volumeReferences(volume: Cursor): PodReference[] {
  return [
    ...withItems('Secret', volume.get('secret'), 'secretName'),
    ...withItems('ConfigMap', volume.get('configMap'), 'name'),
    ...volume
      .get('projected', 'sources')
      .items.flatMap((source) => [...withItems('Secret', source.get('secret'), 'name'), ...withItems('ConfigMap', source.get('configMap'), 'name')]),
  ]
}

function withItems(kind: PodReference['kind'], at: Cursor, nameKey: string): PodReference[] {
  const [whole] = one(kind, at, nameKey)
  if (!whole) return []
  const items = at.get('items').items.map((item) => ({ ...whole, key: item.get('key') }))
  return items.length > 0 ? items : [whole]
}

function one(kind: PodReference['kind'], at: Cursor, ...keys: readonly string[]): PodReference[] {
  const [name, key] = keys.map((each) => at.get(each))
  if (!at.exists || at.get('optional').value === true || name?.text === undefined) return []
  return [{ kind, name, ...(key?.text !== undefined && { key }) }]
}

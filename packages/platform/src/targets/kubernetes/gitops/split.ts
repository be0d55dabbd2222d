import jsonPatch, { type Operation } from 'fast-json-patch'
import { objectKey, type KubernetesObject } from '../object.ts'

/** More changes than this, and a whole object is easier to read than its changes. */
const MOST_CHANGES = 6

/** What is equal in all environments, and what each has of its own. */
export interface Split<Environment extends string> {
  readonly base: readonly KubernetesObject[]
  readonly overlays: Readonly<Record<Environment, Overlay>>
}

export interface Overlay {
  /** Objects that only stand here, or differ in too much. */
  readonly objects: readonly KubernetesObject[]
  readonly patches: readonly ObjectPatch[]
}

/** Changes of one object of the base, as JSON patches say them. */
export interface ObjectPatch {
  readonly object: KubernetesObject
  readonly operations: readonly Operation[]
}

/** Shares out the objects of environments: what is the same everywhere, or nearly so, is written once. */
export function split<Environment extends string>(environments: ReadonlyMap<Environment, readonly KubernetesObject[]>): Split<Environment> {
  const names = [...environments.keys()]
  const byKey = new Map(names.map((name) => [name, new Map((environments.get(name) ?? []).map((object) => [objectKey(object), object]))]))
  const keys = [...new Set(names.flatMap((name) => [...(byKey.get(name)?.keys() ?? [])]))].sort()
  const base: KubernetesObject[] = []
  const overlays = Object.fromEntries(names.map((name) => [name, { objects: [], patches: [] }])) as unknown as Record<Environment, MutableOverlay>
  for (const key of keys) {
    const found = names.flatMap((name) => {
      const object = byKey.get(name)?.get(key)
      return object ? [{ name, object }] : []
    })
    const shared = found.length === names.length ? patchesFrom(found) : undefined
    if (!shared) for (const { name, object } of found) overlays[name].objects.push(object)
    else {
      base.push(shared.base)
      for (const { name, operations } of shared.patches) if (operations.length > 0) overlays[name].patches.push({ object: shared.base, operations })
    }
  }
  return { base, overlays }
}

interface MutableOverlay {
  objects: KubernetesObject[]
  patches: ObjectPatch[]
}

interface Shared<Environment> {
  readonly base: KubernetesObject
  readonly patches: readonly { readonly name: Environment; readonly operations: readonly Operation[] }[]
}

/** The object from which the others differ least, if they differ in little. */
function patchesFrom<Environment>(found: readonly { readonly name: Environment; readonly object: KubernetesObject }[]): Shared<Environment> | undefined {
  const texts = found.map(({ object }) => JSON.stringify(object))
  const [first] = found
  if (first && texts.every((text) => text === texts[0])) return { base: first.object, patches: [] }
  const choices = found.map(({ object: base }) => ({
    base,
    patches: found.map(({ name, object }) => ({ name, operations: jsonPatch.compare(base, object) })),
  }))
  const best = choices.toSorted((a, b) => changesOf(a) - changesOf(b))[0]
  return best?.patches.every(({ operations }) => operations.length <= MOST_CHANGES) ? best : undefined
}

function changesOf({ patches }: Shared<unknown>): number {
  return patches.reduce((sum, { operations }) => sum + operations.length, 0)
}

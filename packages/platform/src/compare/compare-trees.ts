import type { AnyObject } from '../validate/any-object.ts'
import { Cursor } from '../validate/cursor.ts'
import { kindKey, kindOf, nameOf, namespaceOf, shownObject } from '../validate/object-names.ts'
import { compareValues, type FieldChange } from './compare-objects.ts'
import { irreversibleField, irreversibleRemoval } from './irreversible.ts'
import { settledFacts } from './settled-facts.ts'

/** One object that differs between two trees. */
export interface ObjectChange {
  readonly change: 'added' | 'removed' | 'changed'
  /** Such as `Deployment temporal-backend/temporal-frontend`. */
  readonly object: string
  /** What it is called now, if its name changes with its content. */
  readonly renamed?: string
  readonly fields: readonly (FieldChange & { readonly irreversible?: string })[]
  /** Why the whole of it cannot be undone. */
  readonly irreversible?: string
}

/** Something that was settled when data were first written, and is another now. */
export interface SettledChange {
  readonly what: string
  readonly before: string
  readonly after: string
  readonly why: string
}

export interface TreeChanges {
  readonly objects: readonly ObjectChange[]
  readonly settled: readonly SettledChange[]
}

/** How two sets of objects differ, as what they mean and not as how they are written; what cannot be undone is marked. */
export function compareTrees(before: readonly AnyObject[], after: readonly AnyObject[]): TreeChanges {
  const [old, now] = [byKey(before), byKey(after)]
  const removed = [...old].filter(([key]) => !now.has(key)).map(([, at]) => at)
  const added = [...now].filter(([key]) => !old.has(key)).map(([, at]) => at)
  const renames = new Map(removed.flatMap((at) => renamed(at, added)))
  const isRenamedTo = new Set(renames.values())
  const objects = [
    ...[...old].flatMap(([key, at]) => changed(at, now.get(key) ?? renames.get(at))),
    ...removed
      .filter((at) => !renames.has(at))
      .map((at): ObjectChange => ({ change: 'removed', object: shownObject(at), fields: [], ...marked(irreversibleRemoval(at)) })),
    ...added.filter((at) => !isRenamedTo.has(at)).map((at): ObjectChange => ({ change: 'added', object: shownObject(at), fields: [] })),
  ]
  return { objects: objects.sort((a, b) => (a.object < b.object ? -1 : 1)), settled: settledChanges(before, after) }
}

function byKey(objects: readonly AnyObject[]): Map<string, Cursor> {
  return new Map(objects.map((object) => Cursor.of(object)).map((at) => [`${kindKey(at)} ${namespaceOf(at)} ${nameOf(at)}`, at]))
}

function changed(old: Cursor, now: Cursor | undefined): ObjectChange[] {
  if (!now) return []
  const isRenamed = nameOf(old) !== nameOf(now)
  const fields = compareValues(old.value, now.value)
    .filter(({ path }) => !isRenamed || path !== 'metadata.name')
    .map((field) => ({ ...field, ...(!isRenamed && marked(irreversibleField(old, field))) }))
  if (fields.length === 0 && !isRenamed) return []
  return [{ change: 'changed', object: shownObject(old), ...(isRenamed && { renamed: nameOf(now) }), fields }]
}

function marked(irreversible: string | undefined): { readonly irreversible?: string } {
  return irreversible === undefined ? {} : { irreversible }
}

/** A name that ends with what its content is told by. */
const WITH_HASH = /-[0-9a-f]{10}$/

/** An object that was made anew with another content: all of its name but the end is the same. */
function renamed(at: Cursor, added: readonly Cursor[]): [Cursor, Cursor][] {
  const stem = (each: Cursor) => `${kindOf(each)} ${namespaceOf(each)} ${nameOf(each).replace(WITH_HASH, '')}`
  const successors = WITH_HASH.test(nameOf(at)) ? added.filter((each) => WITH_HASH.test(nameOf(each)) && stem(each) === stem(at)) : []
  const [only] = successors
  return only && successors.length === 1 ? [[at, only]] : []
}

function settledChanges(before: readonly AnyObject[], after: readonly AnyObject[]): SettledChange[] {
  const [old, now] = [settledFacts(before), settledFacts(after)]
  return [...old].flatMap(([what, { value, why }]) => {
    const other = now.get(what)
    return other === undefined || other.value === value ? [] : [{ what, before: value, after: other.value, why }]
  })
}

import { DiagnosticsError, type Location } from '@sundial/platform'
import type { AnyObject } from '@sundial/platform/validate'
import { isMap, isNode, LineCounter, parseAllDocuments, type Document } from 'yaml'

/** An object that was read from text. */
export interface ReadObject {
  readonly object: AnyObject
  /** Where it is written. */
  readonly file: string
  /** Where something of it is written; of what is not there, the place that lacks it. */
  locate(path: readonly (string | number)[]): Location
}

interface Source {
  readonly file: string
  readonly text: string
}

/**
 * Kubernetes objects in YAML or JSON, in one document or many; those of a List each by itself.
 * @throws DiagnosticsError `SUN_MANIFEST_UNREADABLE` with every place where it is not YAML
 */
export function readObjects({ file, text }: Source): ReadObject[] {
  const lines = new LineCounter()
  const documents = [...parseAllDocuments(text, { prettyErrors: false, lineCounter: lines, merge: true, uniqueKeys: true })] as Document.Parsed[]
  const problems = documents.flatMap(({ errors }) =>
    errors.map(({ message, pos: [start] }) => ({ path: '', message, location: placeOf({ file, lines }, start) })),
  )
  if (problems.length > 0) throw new DiagnosticsError('SUN_MANIFEST_UNREADABLE', file, problems)
  return documents.flatMap((document) => objectsOf(document, { file, lines }))
}

interface Place {
  readonly file: string
  readonly lines: LineCounter
}

function objectsOf(document: Document.Parsed, place: Place): ReadObject[] {
  const value: unknown = document.toJS()
  if (value === null || value === undefined) return []
  const read = (object: unknown, prefix: readonly (string | number)[]): ReadObject => ({
    object: typeof object === 'object' && object !== null ? object : {},
    file: place.file,
    locate: (path) => placeOf(place, offsetOf(document, [...prefix, ...path], prefix.length)),
  })
  const { kind, items } = value as { readonly kind?: unknown; readonly items?: unknown }
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) return items.map((item, index) => read(item, ['items', index]))
  return [read(value, [])]
}

/** The key of a value says more than where the value begins. */
function offsetOf(document: Document.Parsed, path: readonly (string | number)[], least: number): number {
  for (let length = path.length; length > least; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    const key = path[length - 1]
    const pair = isMap(parent) ? parent.items.find((item) => String(isNode(item.key) ? item.key.toJSON() : item.key) === String(key)) : undefined
    if (pair && isNode(pair.key)) return pair.key.range?.[0] ?? 0
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node)) return node.range?.[0] ?? 0
  }
  return document.contents?.range[0] ?? document.range[0]
}

function placeOf({ file, lines }: Place, offset: number): Location {
  const { line, col } = lines.linePos(offset)
  return { file, line, column: col }
}

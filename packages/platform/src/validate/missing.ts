import { suggest } from '../model/diagnostics.ts'
import type { Cursor } from './cursor.ts'
import { hasChart } from './charts.ts'
import { nameOf, namespaceOf } from './object-names.ts'
import type { Problem } from './rule.ts'
import type { Tree } from './tree.ts'

/** A name that leads to nothing, with the one that was probably meant. */
export function missing(name: Cursor, what: string, known: readonly string[]): Problem {
  return name.problem(
    `there is no ${what} "${name.text}"`,
    suggest(name.text ?? '', known) ?? (known.length > 0 && known.length <= 6 ? `known: ${known.join(', ')}` : `Add it, or correct the name.`),
  )
}

export interface Wanted {
  readonly group: string
  readonly kind: string
  /** Absent for kinds of the whole cluster. */
  readonly namespace?: string
}

/** Whether the object that a name means is there: a problem if not. */
export function* resolves(tree: Tree, name: Cursor, { group, kind, namespace }: Wanted): Iterable<Problem> {
  if (name.text === undefined) return
  const candidates = tree.of(group, kind).filter((at) => namespace === undefined || namespaceOf(at) === namespace)
  const known = candidates.map((at) => nameOf(at))
  if (known.includes(name.text) || (MADE_BY_CHARTS.has(kind) && namespace !== undefined && hasChart(tree, namespace))) return
  yield missing(name, namespace === undefined ? kind : `${kind} in ${namespace} called`, known)
}

/** What a chart may bring that the objects do not show. */
const MADE_BY_CHARTS: ReadonlySet<string> = new Set(['Service', 'Deployment', 'StatefulSet', 'ServiceAccount', 'PersistentVolumeClaim'])

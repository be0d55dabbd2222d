import { isReference, type Reference } from './values.ts'
import type { Workload } from './workload.ts'

/** A reference and where in the workload it stands. */
export interface FoundReference {
  readonly path: string
  readonly reference: Reference
}

/** A workload never changes, and many ask. */
const known = new WeakMap<Workload, readonly FoundReference[]>()

/** Every symbolic value of a workload: arguments, environment, files. */
export function referencesOf(workload: Workload): readonly FoundReference[] {
  const { init, args, env, files } = workload
  const found = known.get(workload) ?? [...find({ init, args, env, files }, [])]
  known.set(workload, found)
  return found
}

function* find(value: unknown, path: readonly string[]): Generator<FoundReference> {
  if (isReference(value)) yield { path: path.join('.'), reference: value }
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) yield* find(child, [...path, key])
  }
}

import { isReference, type Reference } from './values.ts'
import type { Workload } from './workload.ts'

/** A reference and where in the workload it stands. */
export interface FoundReference {
  readonly path: string
  readonly reference: Reference
}

/** Every symbolic value of a workload: arguments, environment, files. */
export function referencesOf(workload: Workload): FoundReference[] {
  const { init, args, env, files } = workload
  return [...find({ init, args, env, files }, [])]
}

function* find(value: unknown, path: readonly string[]): Generator<FoundReference> {
  if (isReference(value)) yield { path: path.join('.'), reference: value }
  else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) yield* find(child, [...path, key])
  }
}

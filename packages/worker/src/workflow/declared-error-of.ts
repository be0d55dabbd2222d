import { manifest } from '@sundial/worker/manifest'
import { type DeclaredError, readDeclaredError } from '../failures/declared-error.ts'

const declaredNames = new Set([
  ...Object.values(manifest.workflows).flatMap(({ errors }) => Object.keys(errors)),
  ...Object.values(manifest.activities).flatMap(({ errors }) => errors),
])

/** The declared error that an error is, or that made an activity or a child workflow fail; nothing for any other error. */
export function declaredErrorOf(error: unknown): DeclaredError | undefined {
  return readDeclaredError(error, (name) => declaredNames.has(name))
}

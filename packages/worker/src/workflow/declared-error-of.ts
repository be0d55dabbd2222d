import { manifest } from '@sundial/worker/manifest'
import { type DeclaredError, readDeclaredError } from '../failures/declared-error.ts'

/** By whether they are retried: activities may declare different errors of one name. */
const declared = { retryable: new Set<string>(), final: new Set<string>() }
for (const { errors } of Object.values(manifest.workflows)) {
  for (const [name, { retryable }] of Object.entries(errors)) declared[retryable ? 'retryable' : 'final'].add(name)
}
for (const { errors, retryable } of Object.values(manifest.activities)) {
  for (const name of errors) declared[retryable.includes(name) ? 'retryable' : 'final'].add(name)
}

/** The declared error that an error is, or that made an activity or a child workflow fail; nothing for any other error. */
export function declaredErrorOf(error: unknown): DeclaredError | undefined {
  return readDeclaredError(error, (name, retryable) => declared[retryable ? 'retryable' : 'final'].has(name))
}

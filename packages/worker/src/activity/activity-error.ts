import type { ActivityDefinition } from '@sundial/contract'
import { declaredError } from '../failures/declared-error.ts'
import { unknownName } from '../failures/unknown-name.ts'

/** Makes the errors that an activity declares; one that it does not declare is a mistake in the program, and says so. */
export function activityErrors(type: string, { errors = {} }: ActivityDefinition) {
  return (name: string, data?: unknown, message?: string): Error => {
    const error = Object.hasOwn(errors, name) ? errors[name] : undefined
    if (!error) return unknownName({ kind: 'error', name, of: `activity "${type}"`, known: Object.keys(errors) })
    return declaredError({ name, data, message: message ?? error.description ?? name, retryable: error.retryable ?? false })
  }
}

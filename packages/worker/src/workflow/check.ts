import { issuesOf } from '../failures/issues.ts'
import { validationFailed } from '../failures/validation-failed.ts'
import type { Check } from '../manifest/manifest.ts'

/** The value if it fits, with its defaults if it was received. Throws a `ValidationFailed` failure otherwise. */
export function checked<T>(check: Check, value: unknown, what: string): T {
  if (check(value)) return value as T
  throw validationFailed(what, issuesOf(check.errors, value))
}

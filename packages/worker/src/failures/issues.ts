import type { ValidationIssue } from '@sundial/contract'
import type { CheckError } from '../manifest/manifest.ts'

/** A value may be wrong in thousands of places; a failure is stored in the history, so it names only the first ones. */
const MAX_ISSUES = 20

/** A longer one helps nobody. */
const LONGEST_PATTERN = 60

/** What Ajv found, in the form that the contract's own `validate` uses. */
export function issuesOf(errors: readonly CheckError[] | null | undefined, value: unknown): ValidationIssue[] {
  return (errors ?? []).slice(0, MAX_ISSUES).map(({ instancePath, keyword, params, message }) => {
    const path = pathOf(instancePath, value)
    if (keyword === 'required') return { path: [...path, String(params['missingProperty'])], message: 'is required' }
    if (keyword === 'additionalProperties') return { path: [...path, String(params['additionalProperty'])], message: 'is not known' }
    if (keyword === 'enum') return { path, message: `must be one of ${JSON.stringify(params['allowedValues'])}` }
    if (keyword === 'pattern' && String(params['pattern']).length > LONGEST_PATTERN) return { path, message: 'does not have the right form' }
    return { path, message: message ?? `breaks the rule "${keyword}"` }
  })
}

/** `lines.0.sku must be string; …` */
export function describeIssues(issues: readonly ValidationIssue[]): string {
  const shown = issues.slice(0, MAX_ISSUES).map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
  return shown.join('; ') + (issues.length > MAX_ISSUES ? `; and ${issues.length - MAX_ISSUES} more` : '')
}

/** The keys of a JSON pointer; a step into an array is a number. */
function pathOf(pointer: string, value: unknown): (string | number)[] {
  let current = value
  return pointer
    .split('/')
    .slice(1)
    .map((step) => {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
      const isIndex = Array.isArray(current)
      current = (current as Record<string, unknown> | null | undefined)?.[key]
      return isIndex ? Number(key) : key
    })
}

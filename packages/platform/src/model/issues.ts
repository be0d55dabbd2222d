import type { z } from 'zod'
import { joinPath, suggest, type Diagnostic } from './diagnostics.ts'

type Issue = z.core.$ZodIssue

/** What zod found, in our words: path, what was found, what is allowed, what to do. */
export function diagnose(issues: readonly Issue[], root: unknown, knownKeys: (path: readonly PropertyKey[]) => readonly string[]): Diagnostic[] {
  return issues.flatMap((issue): Diagnostic[] => {
    if (issue.code === 'unrecognized_keys') {
      const known = knownKeys(issue.path)
      return issue.keys.map((key) => ({
        path: joinPath([...issue.path, key]),
        message: 'is not a setting',
        about: 'key',
        hint: suggest(key, known) ?? (known.length > 0 ? `known here: ${known.join(', ')}` : 'remove it'),
      }))
    }
    const inside = insideOfUnion(issue)
    if (inside.length > 0) return diagnose(inside, root, knownKeys)
    const path = joinPath(issue.path)
    const found = valueAt(root, issue.path)
    if (issue.code === 'invalid_value') {
      const allowed = issue.values.map(String)
      const own = /^Invalid (option|input)/.test(issue.message) ? undefined : issue.message
      return [withHint({ path, message: `is ${show(found)}; allowed: ${allowed.join(', ')}` }, own ?? suggest(String(found), allowed))]
    }
    if (issue.code === 'invalid_type' && found === undefined) return [{ path, message: `is missing; it must be ${article(issue.expected)}` }]
    if (found === null) return [{ path, message: 'has no value', hint: 'give it one, or remove the key' }]
    if (issue.code === 'invalid_type') {
      const message = `must be ${article(issue.expected)}; found ${show(found)}`
      const isBare = issue.expected === 'string' && (typeof found === 'number' || typeof found === 'boolean')
      return [withHint({ path, message }, isBare ? `write it in quotes: "${found}"` : undefined)]
    }
    if (issue.code === 'invalid_key') return [{ path, message: `is not a good name: ${issue.issues.map((inner) => inner.message).join('; ')}`, about: 'key' }]
    if (issue.code === 'too_small' && issue.origin !== 'string') return [{ path, message: `must be at least ${issue.minimum}; found ${show(found)}` }]
    if (issue.code === 'too_big' && issue.origin !== 'string') return [{ path, message: `must be at most ${issue.maximum}; found ${show(found)}` }]
    return [{ path, message: `${issue.message.replace(/^Invalid input: /, '')}; found ${show(found)}` }]
  })
}

/** Of a choice between kinds of values: what is wrong inside of the kind that was found. Nothing if none of them was. */
function insideOfUnion(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return []
  const isOfAnotherKind = ({ path, code }: Issue) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')
  const meant = issue.errors.find((problems) => !problems.some(isOfAnotherKind))
  return (meant ?? []).map((problem) => ({ ...problem, path: [...issue.path, ...problem.path] }))
}

function withHint(diagnostic: Diagnostic, hint: string | undefined): Diagnostic {
  return hint ? { ...diagnostic, hint } : diagnostic
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined), root)
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'function' ? 'a function' : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

/** A type as people call it. */
function article(type: string): string {
  if (type === 'int') return 'a whole number'
  if (type === 'record') return 'an object'
  if (type === 'array') return 'a list'
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}

import { type AnySchema, type OutputOf, validate, type ValidationIssue } from '@sundial/contract'
import { type ApiProblem, problem } from './api-problem.ts'

/** More than any honest input has; without a bound, recursion over the value would end in a stack overflow. */
const MAX_DEPTH = 100

/** Checks a body with the contract's own schema, and gives what a handler gets: defaults filled in, transforms applied once. */
export async function readInput<S extends AnySchema>(schema: S, body: unknown): Promise<OutputOf<S>> {
  checkDepth(body)
  const result = await validate(schema, body)
  if ('value' in result) return result.value
  throw invalid(result.issues)
}

/** Checks a body that is an object, each member of it by a schema; other members are left out. */
export async function readParts(schemas: Readonly<Record<string, AnySchema>>, body: unknown): Promise<Record<string, unknown>> {
  checkDepth(body)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid([{ path: [], message: `must be an object with ${Object.keys(schemas).join(' and ')}` }])
  const parts: Record<string, unknown> = {}
  const issues: ValidationIssue[] = []
  for (const [name, schema] of Object.entries(schemas)) {
    const result = await validate(schema, (body as Readonly<Record<string, unknown>>)[name])
    if ('value' in result) parts[name] = result.value
    else issues.push(...result.issues.map(({ path, message }) => ({ path: [name, ...path], message })))
  }
  if (issues.length > 0) throw invalid(issues)
  return parts
}

function invalid(issues: readonly ValidationIssue[]): ApiProblem {
  const errors = issues.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message }))
  return problem('validation', `the body has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}`, { extensions: { errors } })
}

function checkDepth(body: unknown): void {
  if (deeperThan(body, MAX_DEPTH))
    throw problem('validation', 'the body is nested too deeply', {
      extensions: { errors: [{ pointer: '#', detail: `may be nested at most ${MAX_DEPTH} levels deep` }] },
    })
}

/** A JSON pointer (RFC 6901) as a fragment of a URI. */
export function pointerOf(path: readonly (string | number)[]): string {
  return `#${path.map((key) => `/${encodeURIComponent(String(key).replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`
}

function deeperThan(value: unknown, limit: number): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : [])).filter((item) => typeof item === 'object')
  }
  return false
}

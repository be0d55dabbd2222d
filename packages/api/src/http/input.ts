import { type AnySchema, type OutputOf, validate } from '@sundial/contract'
import { problem } from './api-problem.ts'

/** More than any honest input has; without a bound, recursion over the value would end in a stack overflow. */
const MAX_DEPTH = 100

/** Checks a body with the contract's own schema, and gives what a handler gets: defaults filled in, transforms applied once. */
export async function readInput<S extends AnySchema>(schema: S, body: unknown): Promise<OutputOf<S>> {
  if (deeperThan(body, MAX_DEPTH))
    throw problem('validation', 'the body is nested too deeply', {
      extensions: { errors: [{ pointer: '#', detail: `may be nested at most ${MAX_DEPTH} levels deep` }] },
    })
  const result = await validate(schema, body)
  if ('value' in result) return result.value
  const errors = result.issues.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message }))
  throw problem('validation', `the body has ${errors.length === 1 ? 'an error' : `${errors.length} errors`}`, { extensions: { errors } })
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

import { suggest } from '@sundial/platform'
import type { SchemaProblem } from '@sundial/platform/validate'
import type { ErrorObject } from 'ajv'

/** What a validator of JSON schemas says, as problems of ours. */
export function problemsOf(errors: readonly ErrorObject[], root: unknown): SchemaProblem[] {
  const problems = errors.flatMap((error) => problemOf(error, root))
  const seen = new Set<string>()
  // A choice that fails says so once for itself and once for each of what it offers.
  return problems.filter(({ path }) => {
    const key = JSON.stringify(path)
    return !seen.has(key) && Boolean(seen.add(key))
  })
}

function problemOf({ keyword, instancePath, params, message, parentSchema }: ErrorObject, root: unknown): SchemaProblem[] {
  const path = keysOf(instancePath, root)
  const found = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], root)
  const given = params as Readonly<Record<string, unknown>>
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(given['additionalProperty'])
      return [unknownField([...path, key], Object.keys((parentSchema as { readonly properties?: object } | undefined)?.properties ?? {}))]
    }
    case 'required':
      return [{ path: [...path, String(given['missingProperty'])], message: 'is missing' }]
    case 'type':
      return [{ path, message: `must be ${[given['type']].flat().join(' or ')}; found ${shown(found)}` }]
    case 'enum':
      return [
        { path, message: `is ${shown(found)}; allowed: ${(given['allowedValues'] as readonly unknown[]).map((value) => JSON.stringify(value)).join(', ')}` },
      ]
    case 'pattern':
      return [{ path, message: `is ${shown(found)}; it must match ${String(given['pattern'])}` }]
    // They come with what was wrong inside of them.
    case 'if':
    case 'not':
      return []
    default:
      return [{ path, message: `${message ?? keyword}; found ${shown(found)}` }]
  }
}

export function unknownField(path: SchemaProblem['path'], known: readonly string[]): SchemaProblem {
  const suggestion = suggest(String(path.at(-1)), known)
  const listed = known.length > 0 && known.length <= LISTED ? `known here: ${known.join(', ')}` : undefined
  const hint = suggestion ?? listed
  return { path, message: 'is no field', ...(hint !== undefined && { hint }) }
}

/** More names than these say nothing. */
const LISTED = 12

function keysOf(pointer: string, root: unknown): (string | number)[] {
  const keys: (string | number)[] = []
  let at = root
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    const key = Array.isArray(at) ? Number(name) : name
    keys.push(key)
    at = (at as Record<string | number, unknown> | undefined)?.[key]
  }
  return keys
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

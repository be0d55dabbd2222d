import type { JsonSchema } from '../schema.ts'
import { editSchemas, isObject } from './json-schema-walk.ts'

/**
 * The path of a property that handlers always get and callers may leave out, if nothing says what it is then. The two sides must be the same
 * but for that.
 */
export function findUnwrittenDefault(input: JsonSchema, output: JsonSchema): string | undefined {
  const given = alwaysThere(input)
  for (const [path, names] of alwaysThere(output)) {
    const lost = [...names].find((name) => !given.get(path)?.has(name))
    if (lost !== undefined) return path === '' ? lost : `${lost} (${path})`
  }
  return undefined
}

/** By the path of each object: the properties that it has whatever a caller writes. */
function alwaysThere(schema: JsonSchema): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  editSchemas(schema, (inner, path) => {
    const { required, properties } = inner
    const filled = isObject(properties) ? Object.keys(properties).filter((name) => isObject(properties[name]) && 'default' in properties[name]) : []
    found.set(path.join('.'), new Set([...(Array.isArray(required) ? (required as string[]) : []), ...filled]))
    return inner
  })
  return found
}

import type { JsonSchema } from '@sundial/contract'

/** Keywords whose values are data, not schemas. */
const DATA = new Set(['const', 'enum', 'default', 'examples'])
/** Keywords whose values map free names to schemas, so that a name is no keyword. */
const NAMED = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'])

/** A copy of a schema and of all schemas inside it, each without some of its keywords. `path` is of keys from the root. */
export function mapSchemas(schema: JsonSchema, keep: (keyword: string, value: unknown, path: readonly string[]) => boolean): JsonSchema {
  const schemaAt = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => schemaAt(item, [...path, String(index)]))
    if (typeof value !== 'object' || value === null) return value
    const kept = Object.entries(value).filter(([keyword, inner]) => keep(keyword, inner, path))
    return Object.fromEntries(
      kept.map(([keyword, inner]) => [
        keyword,
        DATA.has(keyword) ? inner : NAMED.has(keyword) ? namedAt(inner, [...path, keyword]) : schemaAt(inner, [...path, keyword]),
      ]),
    )
  }
  const namedAt = (value: unknown, path: readonly string[]): unknown =>
    Object.fromEntries(Object.entries(value as Record<string, unknown>).map(([name, inner]) => [name, schemaAt(inner, [...path, name])]))
  return schemaAt(schema, []) as JsonSchema
}

import type { JsonSchema } from '../schema.ts'

/** Keywords whose values are data, not schemas. */
export const DATA_KEYWORDS = new Set(['const', 'enum', 'default', 'examples'])
/** Keywords whose values map free names to schemas, so that a name is no keyword. */
export const NAMED_KEYWORDS = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'])

/** Changes one schema object; the schemas inside it come later, as it leaves them. `path` is of keys from the root. */
export type SchemaEdit = (schema: JsonSchema, path: readonly string[]) => JsonSchema

/** A copy of a schema in which it and all schemas inside it are edited. */
export function editSchemas(schema: JsonSchema, edit: SchemaEdit): JsonSchema {
  const schemaAt = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => schemaAt(item, [...path, String(index)]))
    if (!isObject(value)) return value
    return mapEntries(edit(value, path), (inner, keyword) => innerAt(inner, keyword, [...path, keyword]))
  }
  const innerAt = (value: unknown, keyword: string, path: readonly string[]): unknown => {
    if (DATA_KEYWORDS.has(keyword)) return value
    return NAMED_KEYWORDS.has(keyword) && isObject(value) ? mapEntries(value, (inner, name) => schemaAt(inner, [...path, name])) : schemaAt(value, path)
  }
  return schemaAt(schema, []) as JsonSchema
}

/** A schema object without some of its keywords. */
export function without(schema: JsonSchema, keywords: ReadonlySet<string>): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.has(keyword)))
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mapEntries(object: Record<string, unknown>, map: (value: unknown, key: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]))
}

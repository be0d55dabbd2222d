import type { SchemaObject } from 'ajv'

/** What every object has, whatever its definition says. */
const OBJECT_FIELDS = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } }

/** A schema as Kubernetes writes it, as one of JSON schema that allows no other fields than those that it names. */
export function strictSchema(schema: SchemaObject): SchemaObject {
  const { properties, ...rest } = strict(schema)
  return { ...rest, properties: { ...(properties as object | undefined), ...OBJECT_FIELDS } }
}

function strict(schema: SchemaObject): SchemaObject {
  const { properties, items, additionalProperties, pattern, required, ...rest } = schema as Readonly<Record<string, unknown>>
  if (schema['x-kubernetes-int-or-string'] === true) return { type: ['integer', 'string'] }
  const embedded = schema['x-kubernetes-embedded-resource'] === true ? OBJECT_FIELDS : {}
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true
  return {
    ...rest,
    ...(Array.isArray(required) && { required: required.filter((key: string) => !hasDefault(properties, key)) }),
    ...(typeof pattern === 'string' && isRegularExpression(pattern) && { pattern }),
    ...(isSchema(items) && { items: strict(items) }),
    ...(isSchema(additionalProperties) && { additionalProperties: strict(additionalProperties) }),
    ...(isSchema(properties) && {
      properties: { ...Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, strict(value as SchemaObject)])), ...embedded },
      ...(!isOpen && additionalProperties === undefined && { additionalProperties: false }),
    }),
  }
}

/** The API server fills it in before it asks whether it is there. */
function hasDefault(properties: unknown, key: string): boolean {
  return isSchema(properties) && (properties as Readonly<Record<string, SchemaObject | undefined>>)[key]?.['default'] !== undefined
}

function isSchema(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null
}

/** Kubernetes' are Go's, which knows a few forms that others do not. */
function isRegularExpression(pattern: string): boolean {
  try {
    return Boolean(new RegExp(pattern, 'u'))
  } catch {
    return false
  }
}

import { type AnySchema, jsonSchema, type JsonSchema } from '@sundial/contract'

/** The schemas of a document, by name. */
export interface Components {
  /** Adds a schema, whose references are to the document, and gives the reference to write instead of it. */
  add(name: string, schema: JsonSchema): JsonSchema
  /** Adds a side of a contract's schema. `path` says in errors where in the contract it is. */
  addContract(name: string, schema: AnySchema, source: { readonly path: string; readonly side: 'input' | 'output' }): JsonSchema
  readonly schemas: Readonly<Record<string, JsonSchema>>
}

/** Collects schemas, and refuses two of one name: a generated client could not tell them apart. */
export function createComponents(): Components {
  const schemas: Record<string, JsonSchema> = {}
  const addAll = (name: string, added: Readonly<Record<string, JsonSchema>>): JsonSchema => {
    for (const key of Object.keys(added)) {
      if (Object.hasOwn(schemas, key)) throw new Error(`two parts of the contract would both be called "${key}" in the OpenAPI document; rename one of them`)
    }
    Object.assign(schemas, added)
    return { $ref: `#/components/schemas/${name}` }
  }
  return {
    add: (name, schema) => addAll(name, { [name]: schema }),
    addContract(name, schema, { path, side }) {
      try {
        return addAll(name, hoist(name, jsonSchema(schema, side)))
      } catch (error) {
        throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
      }
    },
    schemas,
  }
}

/** Keywords whose members are schemas by name: a property may be called "$ref". */
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs'])
/** Keywords that hold data. */
const DATA = new Set(['const', 'enum', 'default', 'examples', 'example'])

/** A schema that stood alone, as one or more components: its own definitions become components too, and references follow. */
export function hoist(name: string, schema: JsonSchema): Record<string, JsonSchema> {
  const { $defs = {}, $schema: _dialect, $id: _id, ...root } = schema
  const definitions = Object.entries($defs as Record<string, JsonSchema>)
  const rename = (reference: string): string => {
    const definition = /^#\/\$defs\/([^/]+)(.*)$/.exec(reference)
    if (definition) return `#/components/schemas/${definitionName(name, decodeURIComponent(definition[1] as string))}${definition[2]}`
    return reference.startsWith('#') ? `#/components/schemas/${name}${reference.slice(1)}` : reference
  }
  return Object.fromEntries([
    [name, rewrite(root, rename)],
    ...definitions.map(([key, value]) => [definitionName(name, key), rewrite(value, rename)]),
  ]) as Record<string, JsonSchema>
}

/** Names of components are letters, digits, ".", "-" and "_". */
function definitionName(name: string, key: string): string {
  return `${name}.${key.replaceAll(/[^\w.-]/g, '_')}`
}

function rewrite(node: unknown, rename: (reference: string) => string): unknown {
  if (Array.isArray(node)) return node.map((each) => rewrite(each, rename))
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === '$ref' && typeof value === 'string') return [key, rename(value)]
      if (DATA.has(key)) return [key, value]
      if (MAPS.has(key)) return [key, Object.fromEntries(Object.entries(value as object).map(([name, each]) => [name, rewrite(each, rename)]))]
      return [key, rewrite(value, rename)]
    }),
  )
}

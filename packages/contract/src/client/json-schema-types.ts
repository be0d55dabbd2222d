import type { JsonSchema } from '../schema.ts'
import { isObject } from '../sandbox/json-schema-walk.ts'

/** TypeScript of one schema. */
export interface WrittenType {
  /** The type itself. */
  readonly type: string
  /** The declarations of what it refers to: `export type … = …`, one a line. */
  readonly declarations: readonly string[]
}

interface Writer {
  /** What a caller writes: lists that the client does not change. */
  readonly side: 'input' | 'output'
  /** The name of a definition of the schema, or of the schema itself for an empty one. */
  readonly nameOf: (definition: string) => string
}

/** Writes a JSON Schema (2020-12) as a TypeScript type. What types cannot say, such as lengths and patterns, is left to the API. */
export function writeType(name: string, schema: JsonSchema, side: 'input' | 'output'): WrittenType {
  const definitions = isObject(schema['$defs']) ? schema['$defs'] : {}
  const writer: Writer = { side, nameOf: (definition) => (definition === '' ? name : name + definition.replaceAll(/\W/g, '_')) }
  const declarations = Object.entries(definitions).map(([key, value]) => `export type ${writer.nameOf(key)} = ${write(writer, value, '')}`)
  return { type: write(writer, schema, ''), declarations }
}

function write(writer: Writer, schema: unknown, indent: string): string {
  if (schema === false) return 'never'
  if (!isObject(schema)) return 'unknown'
  const parts = [
    ...(typeof schema['$ref'] === 'string' ? [reference(writer, schema['$ref'])] : []),
    ...(isList(schema['allOf']) ? schema['allOf'].map((each) => wrap(write(writer, each, indent))) : []),
    ...(isList(schema['anyOf']) ? [union(schema['anyOf'].map((each) => write(writer, each, indent)))] : []),
    ...(isList(schema['oneOf']) ? [union(schema['oneOf'].map((each) => write(writer, each, indent)))] : []),
    ...own(writer, schema, indent),
  ]
  const distinct = [...new Set(parts)]
  return distinct.length === 0 ? 'unknown' : distinct.length === 1 ? (distinct[0] as string) : distinct.map(wrap).join(' & ')
}

/** What the schema's own keywords say. */
function own(writer: Writer, schema: JsonSchema, indent: string): string[] {
  if ('const' in schema) return [literal(schema['const'])]
  if (isList(schema['enum'])) return [union(schema['enum'].map(literal))]
  const { type } = schema
  const types = isList(type) ? type : type === undefined ? impliedTypes(schema) : [type]
  return types.length === 0 ? [] : [union(types.map((each) => ofType(writer, schema, { type: each, indent })))]
}

function impliedTypes(schema: JsonSchema): string[] {
  return 'properties' in schema ? ['object'] : 'items' in schema || 'prefixItems' in schema ? ['array'] : []
}

function ofType(writer: Writer, schema: JsonSchema, { type, indent }: { type: unknown; indent: string }): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return arrayType(writer, schema, indent)
    case 'object':
      return objectType(writer, schema, indent)
    default:
      return 'unknown'
  }
}

function arrayType(writer: Writer, { prefixItems, items }: JsonSchema, indent: string): string {
  const readonly = writer.side === 'input' ? 'readonly ' : ''
  const rest = items === undefined || items === true ? 'unknown' : write(writer, items, indent)
  if (!isList(prefixItems)) return `${readonly}${wrap(rest)}[]`
  const first = prefixItems.map((each) => write(writer, each, indent))
  return `${readonly}[${[...first, ...(items === false || items === undefined ? [] : [`...${wrap(rest)}[]`])].join(', ')}]`
}

function objectType(writer: Writer, { properties, required, additionalProperties }: JsonSchema, indent: string): string {
  const names = isList(required) ? required : []
  const inner = `${indent}  `
  const members = Object.entries(isObject(properties) ? properties : {}).map(([name, property]) => {
    const optional = names.includes(name) ? '' : '?'
    return `${comment(property, inner)}${inner}readonly ${propertyName(name)}${optional}: ${write(writer, property, inner)}`
  })
  // Others are allowed where nothing is said of them, and cannot be named by a type.
  const others = isObject(additionalProperties) && Object.keys(additionalProperties).length > 0 ? write(writer, additionalProperties, inner) : undefined
  const open = others !== undefined || (members.length === 0 && additionalProperties !== false)
  const index = members.length === 0 && open ? [`${inner}readonly [name: string]: ${others ?? 'unknown'}`] : []
  const type = members.length + index.length === 0 ? 'Record<string, never>' : `{\n${[...members, ...index].join('\n')}\n${indent}}`
  return members.length > 0 && others !== undefined ? `${type} & { readonly [name: string]: unknown }` : type
}

function comment(schema: unknown, indent: string): string {
  const text = isObject(schema) ? schema['description'] : undefined
  return typeof text === 'string' && text !== '' ? `${indent}/** ${commentText(text)} */\n` : ''
}

/** Text that stays inside of a comment, on one line. */
export function commentText(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ').trim()
}

export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)
}

/** A text as source. */
export function quote(text: string): string {
  const written = JSON.stringify(text)
  // What needs no escape needs none in single quotes either.
  return written === `"${text}"` && !text.includes("'") ? `'${text}'` : written
}

function literal(value: unknown): string {
  return typeof value === 'string' ? quote(value) : JSON.stringify(value)
}

function reference({ nameOf }: Writer, target: string): string {
  if (target === '#') return nameOf('')
  const [, definition] = /^#\/\$defs\/([^/]+)$/.exec(target) ?? []
  return definition === undefined ? 'unknown' : nameOf(decodeURIComponent(definition).replaceAll('~1', '/').replaceAll('~0', '~'))
}

function union(types: readonly string[]): string {
  const distinct = [...new Set(types)]
  return distinct.includes('unknown') ? 'unknown' : distinct.map((type) => (type.includes(' & ') ? `(${type})` : type)).join(' | ') || 'never'
}

/** A type that is part of another one. */
function wrap(type: string): string {
  return /^[\w.]+$/.test(type) || (type.startsWith('{') && !/\} [&|]/.test(type)) || /^'[^']*'$/.test(type) ? type : `(${type})`
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value)
}

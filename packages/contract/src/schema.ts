import type { StandardJSONSchemaV1, StandardSchemaV1 } from '@standard-schema/spec'

/**
 * A schema of any library that can validate (Standard Schema) and describe itself (Standard JSON Schema); zod 4 does both.
 * The first runs at the edges: client, API, activities. The second is compiled for the workflow sandbox and written to OpenAPI.
 */
export type Schema<Input = unknown, Output = Input> = {
  readonly '~standard': StandardSchemaV1.Props<Input, Output> & StandardJSONSchemaV1.Props<Input, Output>
}

/** What a caller may write. */
export type InputOf<S> = S extends Schema<infer I, infer _O> ? I : undefined
/** What a handler gets. */
export type OutputOf<S> = S extends Schema<infer _I, infer O> ? O : undefined

/** A JSON Schema, dialect 2020-12. */
export type JsonSchema = Record<string, unknown>

/** One thing that is wrong with a value: where (path of keys) and what. */
export interface ValidationIssue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

export type ValidationResult<T> = { readonly value: T } | { readonly issues: readonly ValidationIssue[] }

/** Validates with the schema's own library. Never throws for a bad value: the issues say what is wrong. */
export async function validate<S extends Schema<any, any>>(schema: S, value: unknown): Promise<ValidationResult<OutputOf<S>>> {
  const result = await schema['~standard'].validate(value)
  if (!result.issues) return { value: result.value as OutputOf<S> }
  return {
    issues: result.issues.map((issue) => ({
      // Some libraries have arrays of their own class.
      path: Array.from(issue.path ?? [], pathKey),
      message: issue.message,
    })),
  }
}

type Side = 'input' | 'output'
const described = new WeakMap<Schema<any, any>, Partial<Record<Side, JsonSchema>>>()

/**
 * The JSON Schema of a value as a caller writes it (`input`) or as a handler gets it (`output`). The same object each time: do not change it.
 * Throws what the schema's library throws when it cannot say.
 */
export function jsonSchema(schema: Schema<any, any>, side: Side): JsonSchema {
  const known = described.get(schema) ?? {}
  const found = known[side] ?? schema['~standard'].jsonSchema[side]({ target: 'draft-2020-12' })
  described.set(schema, { ...known, [side]: found })
  return found
}

function pathKey(segment: PropertyKey | { readonly key: PropertyKey }): string | number {
  const key = typeof segment === 'object' ? segment.key : segment
  return typeof key === 'number' ? key : String(key)
}

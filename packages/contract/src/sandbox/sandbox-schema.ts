import type { AnySchema } from '../contract.ts'
import { type JsonSchema, jsonSchema } from '../schema.ts'
import { editSchemas, isObject, without } from './json-schema-walk.ts'
import { findLostDefault } from './lost-default.ts'
import { findUnwrittenDefault } from './unwritten-default.ts'

/** Words for people. */
const ANNOTATIONS = new Set(['title', 'description', 'examples'])
/** Says nothing about which values fit, or is filled in by whoever receives the value. */
const BETWEEN_SIDES = new Set(['default', 'required', 'additionalProperties', ...ANNOTATIONS])

/** Why a schema cannot be checked in the sandbox as it is meant. */
export class SandboxSchemaError extends Error {
  override readonly name = 'SandboxSchemaError'
}

/** The schema of a value that the sandbox sends to an activity: what that will accept. It has the contract at hand, so it may transform. */
export function sentSchema(schema: AnySchema): JsonSchema {
  return clean(describe(schema))
}

/**
 * The schema of a value that the sandbox gives to the outside: an output, or what an error carries. Whoever asked parses it, and
 * documents describe it both as it is sent and as it is read, so the two sides must be the same but for defaults.
 */
export function answeredSchema(schema: AnySchema): JsonSchema {
  const input = describe(schema)
  if (comparable(input) !== comparableOutput(schema)) {
    throw new SandboxSchemaError('it transforms or coerces values, which callers in other languages could not do; return the value as callers are to get it')
  }
  return clean(input)
}

/**
 * The schema of a value that the sandbox receives. It is the caller's side with defaults, so the two sides of the schema must
 * be the same but for defaults: a transform could not run, and the types of the workflow's code would not be true.
 */
export function receivedSchema(schema: AnySchema): JsonSchema {
  const input = describe(schema)
  if (comparable(input) !== comparableOutput(schema)) {
    throw new SandboxSchemaError(
      'it transforms or coerces values, which cannot run in the workflow sandbox; receive the plain value and convert it in the workflow',
    )
  }
  const lost = findLostDefault(input)
  if (lost !== undefined) {
    throw new SandboxSchemaError(
      `the default at ${lost || 'its root'} cannot be filled in the workflow sandbox; give defaults only to properties of an object that is not part of a union, and to a named schema only where it is used`,
    )
  }
  const unwritten = findUnwrittenDefault(input, jsonSchema(schema, 'output'))
  if (unwritten !== undefined) {
    throw new SandboxSchemaError(
      `its library does not write the default of ${unwritten} into JSON Schema, so it could not be filled in the workflow sandbox; leave the default out, and fill it in the workflow`,
    )
  }
  return clean(input)
}

function describe(schema: AnySchema): JsonSchema {
  try {
    return jsonSchema(schema, 'input')
  } catch (error) {
    throw new SandboxSchemaError(`it cannot be written as JSON Schema, which is what the workflow sandbox checks (${(error as Error).message})`, {
      cause: error,
    })
  }
}

function comparable(schema: JsonSchema): string {
  return JSON.stringify(
    editSchemas(schema, (inner) => without(inner, BETWEEN_SIDES)),
    inKeyOrder,
  )
}

/** Libraries write properties in an order of their own for each side. */
function inKeyOrder(_key: string, value: unknown): unknown {
  return isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value
}

/** Nothing if it cannot be written, which is so for what a transform makes. */
function comparableOutput(schema: AnySchema): string | undefined {
  try {
    return comparable(jsonSchema(schema, 'output'))
  } catch {
    return undefined
  }
}

/** What the sandbox checks: never more than the schema's own library does, or a value would be accepted outside and refused inside. */
function clean(schema: JsonSchema): JsonSchema {
  return editSchemas(schema, (inner) => {
    const { id, format, ...rest } = without(inner, ANNOTATIONS)
    return {
      ...rest,
      // As text it is an identifier that Ajv does not take.
      ...(id !== undefined && typeof id !== 'string' && { id }),
      ...checkOfFormat(format, rest),
    }
  })
}

/** Libraries write their own pattern beside a format, and read URLs as browsers do, which is wider than the standard. */
function checkOfFormat(format: unknown, rest: JsonSchema): JsonSchema {
  if (format === undefined || 'pattern' in rest) return {}
  return format === 'uri' ? { pattern: '^[A-Za-z][A-Za-z0-9+.-]*:' } : { format }
}

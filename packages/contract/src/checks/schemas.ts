import type { ActivityDefinition, AnySchema, Contract, ErrorDefinition, WorkflowDefinition } from '../contract.ts'
import { answeredSchema, receivedSchema, SandboxSchemaError, sentSchema } from '../sandbox/sandbox-schema.ts'
import type { JsonSchema } from '../schema.ts'

type Read = (schema: AnySchema) => JsonSchema

/** What the sandbox or a document could not say of a schema. Whoever compiles it would find out too late. */
export function* checkSchemas({ workflows, activities }: Contract): Generator<string> {
  for (const [type, workflow] of Object.entries(workflows)) yield* workflowSchemas(`workflows.${type}`, workflow)
  for (const [type, activity] of Object.entries(activities)) yield* activitySchemas(`activities.${type}`, activity)
}

function* workflowSchemas(path: string, { input, output, errors, signals = {}, queries = {}, updates = {} }: WorkflowDefinition): Generator<string> {
  yield* check(`${path}.input`, input, receivedSchema)
  yield* check(`${path}.output`, output, answeredSchema)
  yield* errorSchemas(path, errors)
  for (const [name, signal] of Object.entries(signals)) yield* check(`${path}.signals.${name}.input`, signal.input, receivedSchema)
  for (const [name, query] of Object.entries(queries)) {
    if (query.input !== undefined) yield* check(`${path}.queries.${name}.input`, query.input, receivedSchema)
    yield* check(`${path}.queries.${name}.output`, query.output, answeredSchema)
  }
  for (const [name, update] of Object.entries(updates)) {
    yield* check(`${path}.updates.${name}.input`, update.input, receivedSchema)
    yield* check(`${path}.updates.${name}.output`, update.output, answeredSchema)
  }
}

function* activitySchemas(path: string, { input, output, errors }: ActivityDefinition): Generator<string> {
  yield* check(`${path}.input`, input, sentSchema)
  yield* check(`${path}.output`, output, receivedSchema)
  yield* errorSchemas(path, errors)
}

function* errorSchemas(path: string, errors: Readonly<Record<string, ErrorDefinition>> = {}): Generator<string> {
  for (const [name, { data }] of Object.entries(errors)) if (data !== undefined) yield* check(`${path}.errors.${name}.data`, data, answeredSchema)
}

function* check(path: string, schema: unknown, read: Read): Generator<string> {
  const problem = whyNoSchema(schema)
  if (problem !== undefined) yield `${path}: ${problem}`
  else {
    try {
      read(schema as AnySchema)
    } catch (error) {
      if (!(error instanceof SandboxSchemaError)) throw error
      yield `${path}: ${error.message}`
    }
  }
}

/** Of what types cannot refuse, since they are not everywhere. */
function whyNoSchema(schema: unknown): string | undefined {
  if (schema === undefined) return 'is not set; write a schema, such as z.object({}) where there is nothing to say'
  const standard = (typeof schema === 'object' && schema !== null) || typeof schema === 'function' ? (schema as Partial<AnySchema>)['~standard'] : undefined
  if (standard === undefined) return 'is no schema; take one of a library that knows Standard Schema, such as zod 4, valibot or arktype'
  if (standard.jsonSchema !== undefined) return undefined
  const remedy = standard.vendor === 'valibot' ? 'wrap it: toStandardJsonSchema of @valibot/to-json-schema' : 'take a newer version of it, or one that does'
  return `its library (${standard.vendor}) does not say how it is written as JSON Schema; ${remedy}`
}

/** What the workflow sandbox checks of a schema; for what compiles it. */
export { answeredSchema, receivedSchema, SandboxSchemaError, sentSchema } from './sandbox-schema.ts'

import type { JsonSchema } from '@sundial/contract'
import { MAX_WAIT_SECONDS } from '../http/prefer.ts'

/** What Temporal's database holds; its own limit (`limit.maxIDLength`) is larger, and an id between the two is an error that looks like an outage. */
export const MAX_ID_LENGTH = 255

export const WORKFLOW_ID: Readonly<Record<string, JsonSchema>> = {
  workflowId: { type: 'string', minLength: 1, maxLength: MAX_ID_LENGTH, description: 'The id of the workflow.' },
}

export const IDEMPOTENCY_KEY: JsonSchema = {
  type: 'string',
  pattern: '^[\\x21-\\x7e]{1,255}$',
  description: 'Any word that stands for this request and no other: a repetition with the same key is answered like the first, and does nothing.',
}

export const RUN: JsonSchema = { type: 'string', pattern: '^[0-9a-fA-F-]{36}$', description: 'The id of one run. Without it, the latest.' }

export function wait(defaultSeconds: number): JsonSchema {
  return { type: 'integer', minimum: 0, maximum: MAX_WAIT_SECONDS, default: defaultSeconds, description: 'Seconds to wait for the end.' }
}

export const PREFER: JsonSchema = { type: 'string', description: `\`wait=N\`: wait up to N seconds, at most ${MAX_WAIT_SECONDS} (RFC 7240).` }

/** A value of a header that may be there once. */
export function header(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Parameters of a path as the router gives them. */
export function pathParameter(params: unknown, name: string): string {
  return (params as Readonly<Record<string, string>>)[name] ?? ''
}

/** Parameters of a query, which the framework has checked and converted. */
export function queryOf<T>(query: unknown): T {
  return query as T
}

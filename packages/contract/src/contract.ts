import type { Duration } from './duration.ts'
import type { Schema } from './schema.ts'

/** Any schema, whatever its types; the definitions below keep the precise ones. */
export type AnySchema = Schema<any, any>

/**
 * What a second start with the same workflow id means:
 * - `once-per-id`: never again, whatever became of the first;
 * - `retry-if-failed`: again only if the first did not succeed;
 * - `allow-duplicate`: again whenever the first is closed.
 */
export type Idempotency = 'once-per-id' | 'retry-if-failed' | 'allow-duplicate'

/** The type of a search attribute, in Temporal's words. */
export type SearchAttributeType = 'keyword' | 'text' | 'int' | 'double' | 'bool' | 'datetime' | 'keyword-list'

/** An error that callers are meant to handle: part of the contract, never retried. */
export interface ErrorDefinition<Data extends AnySchema | undefined = AnySchema | undefined> {
  readonly description?: string
  /** What the error carries. */
  readonly data?: Data
  /** The status that the HTTP API answers with. @default 422 */
  readonly httpStatus?: number
}

export interface SignalDefinition<Input extends AnySchema = AnySchema> {
  readonly description?: string
  readonly input: Input
}

export interface QueryDefinition<Output extends AnySchema = AnySchema, Input extends AnySchema | undefined = AnySchema | undefined> {
  readonly description?: string
  readonly input?: Input
  readonly output: Output
}

export interface UpdateDefinition<Input extends AnySchema = AnySchema, Output extends AnySchema = AnySchema> {
  readonly description?: string
  readonly input: Input
  readonly output: Output
}

/** The permission that an operation asks of its caller. Operations not named here are refused to everyone. */
export type Operation = 'start' | 'read' | 'signal' | 'update' | 'cancel' | 'terminate'
/** A scope of the caller's token, such as `orders:write`. */
export type Access = { readonly [O in Operation]?: string }

export interface WorkflowDefinition {
  /** One line for people: OpenAPI summaries, dashboards. */
  readonly description: string
  readonly input: AnySchema
  readonly output: AnySchema
  readonly idempotency: Idempotency
  /** The whole life of a workflow, continue-as-new included. @default no limit */
  readonly executionTimeout?: Duration
  readonly errors?: Readonly<Record<string, ErrorDefinition>>
  readonly signals?: Readonly<Record<string, SignalDefinition>>
  readonly queries?: Readonly<Record<string, QueryDefinition>>
  readonly updates?: Readonly<Record<string, UpdateDefinition>>
  readonly access: Access
}

export interface ActivityDefinition {
  readonly description: string
  readonly input: AnySchema
  readonly output: AnySchema
  readonly errors?: Readonly<Record<string, ErrorDefinition>>
  /** How long one attempt may take. */
  readonly startToCloseTimeout: Duration
  /** How long all attempts together may take. Required: without it an activity is retried for ever. */
  readonly scheduleToCloseTimeout: Duration
  /** A heartbeat is expected this often. @default none expected */
  readonly heartbeatTimeout?: Duration
  readonly retry?: {
    readonly initialInterval?: Duration
    readonly backoffCoefficient?: number
    readonly maximumInterval?: Duration
    readonly maximumAttempts?: number
  }
}

/** What a team's workflows are. Plain data and schemas: it runs in workers, APIs, clients and generators alike. */
export interface Contract {
  /** Lower case, digits and dashes: it becomes part of names of processes, objects and routes. */
  readonly name: string
  readonly taskQueue: string
  /** Temporal search attributes that the workflows set, by name. */
  readonly searchAttributes?: Readonly<Record<string, SearchAttributeType>>
  /** By workflow type, as Temporal shows it. */
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>
  /** By activity type, as Temporal shows it. */
  readonly activities: Readonly<Record<string, ActivityDefinition>>
}

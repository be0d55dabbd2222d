import type { Access, HttpExposure, TenantBinding } from './access.ts'
import type { Duration } from './duration.ts'
import type { Objectives } from './objectives.ts'
import type { ScheduleDefinition } from './schedules.ts'
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

/** An error that callers are meant to handle: part of the contract. */
export interface ErrorDefinition<Data extends AnySchema | undefined = AnySchema | undefined> {
  readonly description?: string
  /** What the error carries. */
  readonly data?: Data
  /** The status that the HTTP API answers with. @default 422 */
  readonly httpStatus?: number
  /**
   * Whether the same thing may succeed later, unchanged. An activity that throws it is then tried again as its `retry` says, and its workflow hears of
   * the last attempt; a caller of the API reads it as `retryable`. @default false: it is the answer, however often somebody asks
   */
  readonly retryable?: boolean
}

/** A message to a running workflow. Whoever sends it gets no answer: a value that does not fit is refused by the API, and dropped by the workflow. */
export interface SignalDefinition<Input extends AnySchema = AnySchema> {
  /** One line for people. @default none */
  readonly description?: string
  /** What the workflow's handler gets. */
  readonly input: Input
  /** Whether the API also takes it together with a start: it reaches the workflow of that id, which is started first if there is none. @default false */
  readonly withStart?: boolean
}

/** A question to a workflow, also to one that has ended. It changes nothing and waits for nothing. */
export interface QueryDefinition<Output extends AnySchema = AnySchema, Input extends AnySchema | undefined = AnySchema | undefined> {
  /** One line for people. @default none */
  readonly description?: string
  /** What the question carries. @default nothing */
  readonly input?: Input
  /** The answer. Defaults are filled by whoever receives it; a transform is refused. */
  readonly output: Output
}

/** A change of a running workflow, for whose outcome the caller waits. A value that does not fit is refused and leaves no trace. */
export interface UpdateDefinition<Input extends AnySchema = AnySchema, Output extends AnySchema = AnySchema> {
  /** One line for people. @default none */
  readonly description?: string
  /** What the workflow's handler gets. */
  readonly input: Input
  /** The outcome. Defaults are filled by whoever receives it; a transform is refused. */
  readonly output: Output
  /** Whether the API also takes it together with a start: it reaches the workflow of that id, which is started first if there is none. @default false */
  readonly withStart?: boolean
}

export interface WorkflowDefinition {
  /** One line for people: OpenAPI summaries, dashboards. */
  readonly description: string
  /** What starts it. */
  readonly input: AnySchema
  /** Its result. Defaults are filled by whoever receives it; a transform is refused. */
  readonly output: AnySchema
  readonly idempotency: Idempotency
  /** The whole life of a workflow, continue-as-new included. More than nothing. @default no limit */
  readonly executionTimeout?: Duration
  readonly errors?: Readonly<Record<string, ErrorDefinition>>
  readonly signals?: Readonly<Record<string, SignalDefinition>>
  readonly queries?: Readonly<Record<string, QueryDefinition>>
  readonly updates?: Readonly<Record<string, UpdateDefinition>>
  /** What is promised of it. @default nothing */
  readonly objectives?: Objectives
  /** `false`: it has no route, and is in no document of the API; only code can start it. @default shown */
  readonly http?: false | HttpExposure
  readonly access: Access
}

export interface ActivityDefinition {
  readonly description: string
  readonly input: AnySchema
  readonly output: AnySchema
  readonly errors?: Readonly<Record<string, ErrorDefinition>>
  /** How long one attempt may take. More than nothing, as all limits here. */
  readonly startToCloseTimeout: Duration
  /** How long all attempts together may take. Required: without it an activity is retried for ever. */
  readonly scheduleToCloseTimeout: Duration
  /** A heartbeat is expected this often. @default none expected */
  readonly heartbeatTimeout?: Duration
  /** How an attempt that failed is repeated. The defaults are those of Temporal's server. */
  readonly retry?: {
    /** The pause after the first attempt. @default '1s' */
    readonly initialInterval?: Duration
    /** What each further pause is multiplied by, at least 1. @default 2 */
    readonly backoffCoefficient?: number
    /** No pause is longer; not shorter than the first. @default 100 times the first */
    readonly maximumInterval?: Duration
    /** A whole number, at least 1: the first attempt counts. @default as many as `scheduleToCloseTimeout` has time for */
    readonly maximumAttempts?: number
  }
}

/** What a team's workflows are. Plain data and schemas: it runs in workers, APIs, clients and generators alike. */
export interface Contract {
  /** Lower case, digits and dashes: it becomes part of names of processes, objects and routes. */
  readonly name: string
  /** For people: what the API's document is called. @default the name */
  readonly title?: string
  /** For people: what the workflows are about. */
  readonly description?: string
  /** For people: the version of the API, in its document. @default '1.0.0' */
  readonly version?: string
  /** The queue of Temporal's that the workers of this contract poll, in their namespace: its workflows and activities are both there. */
  readonly taskQueue: string
  /** Temporal search attributes that the workflows set, by name. */
  readonly searchAttributes?: Readonly<Record<string, SearchAttributeType>>
  /** By workflow type, as Temporal shows it. */
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>
  /** By activity type, as Temporal shows it. */
  readonly activities: Readonly<Record<string, ActivityDefinition>>
  /** Workflows that start by the clock, by the name of the schedule. */
  readonly schedules?: Readonly<Record<string, ScheduleDefinition>>
  /** Keeps tenants apart over HTTP. @default all callers are of one tenant */
  readonly tenant?: TenantBinding
}

/** How the client reaches the API. */
export interface ClientOptions {
  /** Where the API is, such as `https://orders.example.com`. */
  readonly baseUrl: string
  /** The access token, or what gives one; it is asked before each request, so it may keep and renew one. */
  readonly token: string | (() => string | Promise<string>)
  /** How often a request is sent again after an answer that says it may succeed, or none; only those that change nothing twice. @default 3 */
  readonly retries?: number
  /** Milliseconds that one request may take, and for which a stream of events may be silent: the API says something every 15 s. @default 45000 */
  readonly timeoutMs?: number
  /** @default the one of the platform */
  readonly fetch?: typeof globalThis.fetch
}

export interface CallOptions {
  /** Ends the call. */
  readonly signal?: AbortSignal
}

export interface QueryOptions extends CallOptions {
  /** Refuses to ask a workflow that has ended. @default false */
  readonly rejectClosed?: boolean
}

export interface MessageOptions extends CallOptions {
  /** Stands for this message and no other: sent again with the same one, it arrives once. @default a new one */
  readonly idempotencyKey?: string
}

export interface StartOptions extends MessageOptions {
  /** The id that the workflow shall have. @default one that the API makes */
  readonly workflowId?: string
}

export interface RunOptions extends CallOptions {
  /** One run of the workflow. @default the latest */
  readonly runId?: string
}

export interface ResultOptions extends RunOptions {
  /** Milliseconds to wait; then a {@link StillRunning} is thrown. @default until the end */
  readonly timeoutMs?: number
}

export interface ResetOptions extends MessageOptions {
  /** For people who look at the workflow later. */
  readonly reason?: string
}

/** `UNKNOWN`: one that Temporal has and the API does not know yet. */
export type WorkflowStatus = 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'TERMINATED' | 'CONTINUED_AS_NEW' | 'TIMED_OUT' | 'PAUSED' | 'UNKNOWN'

/** One run of a workflow. */
export interface Run {
  readonly workflowId: string
  readonly runId: string
}

/** A workflow in a list. Times are as in JSON: `2026-01-31T12:00:00.000Z`. */
export interface WorkflowSummary<Type extends string = string> extends Run {
  readonly type: Type
  readonly status: WorkflowStatus
  readonly startedAt?: string
  readonly closedAt?: string
}

/** Where a workflow stands. */
export interface WorkflowDescription extends WorkflowSummary {
  readonly startedAt: string
  /** Number of events. */
  readonly historyLength: number
  /** Those of the contract that are set. */
  readonly searchAttributes: Readonly<Record<string, unknown>>
  /** Why it has no result. */
  readonly failure?: Pick<Problem, 'type' | 'title' | 'detail' | 'retryable' | 'error'>
}

/** Where a workflow stood at one moment; `progress` is there when a worker told. */
export interface EventOf<Progress> extends Run {
  readonly status: WorkflowStatus
  readonly progress?: Progress
}

/** A page of a list. */
export interface WorkflowPage<Type extends string = string> {
  readonly items: readonly WorkflowSummary<Type>[]
  /** For the next page. Absent: this is the last. */
  readonly nextCursor?: string
}

/** Workflows one by one; each page is fetched when it is needed. */
export interface WorkflowList<Type extends string = string> extends AsyncIterable<WorkflowSummary<Type>> {
  /** The same, page by page: for those who show one, and keep its `nextCursor`. */
  pages(): AsyncGenerator<WorkflowPage<Type>, void, undefined>
}

export interface ListOptions extends CallOptions {
  /** How many a page has, at most 200. @default 20 */
  readonly pageSize?: number
  /** Where to go on: `nextCursor` of a page of the same filter. @default at the beginning */
  readonly cursor?: string
}

/** How many workflows there are. */
export interface WorkflowCount {
  readonly count: number
  /** How many of them have each status; those that none has are left out. */
  readonly byStatus: { readonly [Status in WorkflowStatus]?: number }
}

/** This text, or those that begin with one. */
export type KeywordFilter = string | { readonly prefix: string }
/** This value, or those between two: both bounds are optional. */
export type OrderedFilter<Value> = Value | { readonly gte?: Value; readonly gt?: Value; readonly lte?: Value; readonly lt?: Value }

/** Which workflows; all that is given must be so. */
export interface WorkflowFilter<Type extends string = string, Attributes = unknown> {
  readonly type?: Type
  readonly status?: Exclude<WorkflowStatus, 'UNKNOWN'>
  readonly workflowId?: KeywordFilter
  /** At this time or later. */
  readonly startedAfter?: Date | string
  /** Before this time. */
  readonly startedBefore?: Date | string
  /** At this time or later. */
  readonly closedAfter?: Date | string
  /** Before this time. */
  readonly closedBefore?: Date | string
  /** By the search attributes of the contract. */
  readonly attributes?: Attributes
}

/** Where a schedule stands. Times are as in JSON. */
export interface ScheduleDescription {
  readonly name: string
  /** The type that it starts. */
  readonly workflow: string
  readonly paused: boolean
  /** Who paused it or let it go on, and why. */
  readonly note?: string
  /** When it starts the next ones; empty while it is paused for good. */
  readonly next: readonly string[]
  /** What it started last, the latest first. */
  readonly recent: readonly { readonly dueAt: string; readonly startedAt: string; readonly workflowId: string }[]
  /** Ids of workflows that it started and that still run. */
  readonly running: readonly string[]
}

/** What the API answered instead of what was asked for (RFC 9457). */
export class ApiError extends Error {
  override readonly name: string = 'ApiError'
  /** Of HTTP. */
  readonly status: number
  /** Which problem it is, such as `not-found`: the last part of the problem's type. */
  readonly problem: string
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
  /** Finds the request in the logs of the API. */
  readonly requestId: string | undefined
  /** What became of the workflow, if that is why. */
  readonly workflowStatus: string | undefined
  /** What is wrong with the request, and where. */
  readonly errors: readonly { readonly pointer?: string; readonly parameter?: string; readonly detail: string }[]

  constructor(status: number, body: Problem) {
    const errors = body.errors ?? []
    const places = errors.map(({ pointer, parameter, detail }) => `${pointer ?? parameter ?? ''}: ${detail}`).join('; ')
    super([body.title ?? `the API answered ${status}`, body.detail, places].filter(Boolean).join(': '))
    this.status = status
    this.problem = (body.type ?? '').split(':').at(-1) ?? ''
    this.retryable = body.retryable ?? false
    this.requestId = body.requestId
    this.workflowStatus = body.workflowStatus
    this.errors = errors
  }
}

/** An error that the workflow declares. */
export class DeclaredError<Data = unknown> extends ApiError {
  /** What it carries. */
  readonly data: Data
  constructor(status: number, body: Problem) {
    super(status, body)
    this.data = body.error?.data as Data
  }
}

/** The time was over before the workflow was. */
export class StillRunning extends Error {
  override readonly name = 'StillRunning'
  readonly workflowId: string
  constructor(workflowId: string) {
    super(`the workflow ${workflowId} still runs`)
    this.workflowId = workflowId
  }
}

/** The body of an answer that is a problem. */
export interface Problem {
  readonly type?: string
  readonly title?: string
  readonly detail?: string
  readonly retryable?: boolean
  readonly requestId?: string
  readonly workflowStatus?: string
  readonly errors?: readonly { readonly pointer?: string; readonly parameter?: string; readonly detail: string }[]
  readonly error?: { readonly name: string; readonly data?: unknown }
}

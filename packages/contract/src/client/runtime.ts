/** How the client reaches the API. */
export interface ClientOptions {
  /** Where the API is, such as `https://orders.example.com`. */
  readonly baseUrl: string
  /** The access token, or what gives one; it is asked before each request, so it may keep and renew one. */
  readonly token: string | (() => string | Promise<string>)
  /** How often a request is sent again after an answer that says it may succeed, or none; only those that change nothing twice. @default 3 */
  readonly retries?: number
  /** Milliseconds that one request may take. @default 45000 */
  readonly timeoutMs?: number
  /** @default the one of the platform */
  readonly fetch?: typeof globalThis.fetch
}

export interface CallOptions {
  /** Ends the call. */
  readonly signal?: AbortSignal
}

export interface MessageOptions extends CallOptions {
  /** Stands for this message and no other: sent again with the same one, it arrives once. @default a new one */
  readonly idempotencyKey?: string
}

export interface StartOptions extends MessageOptions {
  /** The id that the workflow shall have. @default one that the API makes */
  readonly workflowId?: string
}

export interface ResultOptions extends CallOptions {
  /** Milliseconds to wait; then a {@link StillRunning} is thrown. @default until the end */
  readonly timeoutMs?: number
}

/** Where a workflow stands. */
export interface WorkflowDescription {
  readonly workflowId: string
  readonly runId: string
  readonly type: string
  readonly status: string
  readonly startedAt: string
  readonly closedAt?: string
  readonly searchAttributes: Readonly<Record<string, unknown>>
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

/** A workflow of the contract, as the calls below need it: names in the API by names in the client. */
interface Workflow {
  readonly type: string
  readonly signals: Readonly<Record<string, string>>
  /** `POST` for those with an input. */
  readonly queries: Readonly<Record<string, readonly [name: string, method: 'GET' | 'POST']>>
  readonly updates: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, new (status: number, body: Problem) => DeclaredError>>
}

interface Request {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Whether it may be sent twice. */
  readonly repeatable: boolean
  readonly signal?: AbortSignal | undefined
}

/** Seconds that the API is asked to wait for an end, in one request. */
const WAIT_SECONDS = 30
const DEFAULT_TIMEOUT_MS = 45_000
const DEFAULT_RETRIES = 3
/** The first pause, in milliseconds; each further one is twice as long. */
const PAUSE_MS = 250

export function createClient<Client>(options: ClientOptions, workflows: Readonly<Record<string, Workflow>>): Client {
  return mapValues(workflows, (workflow) => workflowClient(options, workflow)) as Client
}

function workflowClient(options: ClientOptions, workflow: Workflow) {
  const path = `/v1/workflows/${encodeURIComponent(workflow.type)}`
  const get = (workflowId: string) => workflowHandle(options, workflow, workflowId)
  const start = async (input: unknown, { workflowId, idempotencyKey, signal }: StartOptions = {}) => {
    const headers = { ...key(idempotencyKey), ...(workflowId !== undefined && { 'workflow-id': workflowId }) }
    const { body } = await send(options, workflow, { method: 'POST', path, headers, body: input, repeatable: true, signal })
    return get((body as { workflowId: string }).workflowId)
  }
  return {
    get,
    start,
    async ensure(workflowId: string, input: unknown, { signal }: CallOptions = {}) {
      await send(options, workflow, { method: 'PUT', path: `${path}/${encodeURIComponent(workflowId)}`, body: input, repeatable: true, signal })
      return get(workflowId)
    },
    async run(input: unknown, { timeoutMs, ...rest }: StartOptions & ResultOptions = {}) {
      const handle = await start(input, rest)
      return handle.result({ ...(timeoutMs !== undefined && { timeoutMs }), ...(rest.signal && { signal: rest.signal }) })
    },
  }
}

function workflowHandle(options: ClientOptions, workflow: Workflow, workflowId: string) {
  const path = `/v1/workflows/${encodeURIComponent(workflow.type)}/${encodeURIComponent(workflowId)}`
  const call = (request: Omit<Request, 'path'> & { readonly to: string }) => send(options, workflow, { ...request, path: path + request.to })
  const end =
    (to: string, repeatable: boolean) =>
    async (reason?: string, { signal }: CallOptions = {}) => {
      await call({ method: 'POST', to, ...(reason !== undefined && { body: { reason } }), repeatable, signal })
    }
  return {
    workflowId,
    async describe({ signal }: CallOptions = {}) {
      return (await call({ method: 'GET', to: '', repeatable: true, signal })).body as WorkflowDescription
    },
    async result({ timeoutMs = Number.POSITIVE_INFINITY, signal }: ResultOptions = {}) {
      const deadline = Date.now() + timeoutMs
      for (;;) {
        const seconds = Math.max(0, Math.min(WAIT_SECONDS, Math.ceil((deadline - Date.now()) / 1000)))
        const { status, body } = await call({ method: 'GET', to: `/result?wait=${seconds}`, repeatable: true, signal })
        if (status === 200) return (body as { result: unknown }).result
        if (Date.now() >= deadline) throw new StillRunning(workflowId)
      }
    },
    cancel: end('/cancel', true),
    terminate: end('/terminate', false),
    signals: mapValues(workflow.signals, (name) => async (input: unknown, { idempotencyKey, signal }: MessageOptions = {}) => {
      const to = `/signals/${encodeURIComponent(name)}`
      await call({ method: 'POST', to, headers: key(idempotencyKey), body: input, repeatable: true, signal })
    }),
    queries: mapValues(workflow.queries, ([name, method]) => async (...args: readonly unknown[]) => {
      const [input, { signal } = {}] = (method === 'POST' ? args : [undefined, ...args]) as [unknown, CallOptions?]
      const { body } = await call({ method, to: `/queries/${encodeURIComponent(name)}`, body: input, repeatable: true, signal })
      return (body as { result: unknown }).result
    }),
    updates: mapValues(workflow.updates, (name) => async (input: unknown, { idempotencyKey, signal }: MessageOptions = {}) => {
      const to = `/updates/${encodeURIComponent(name)}`
      const headers = { ...key(idempotencyKey), prefer: `wait=${WAIT_SECONDS}` }
      let answer = await call({ method: 'POST', to, headers, body: input, repeatable: true, signal })
      while (answer.status === 202) {
        const { updateId } = answer.body as { updateId: string }
        answer = await call({ method: 'GET', to: `${to}/${encodeURIComponent(updateId)}?wait=${WAIT_SECONDS}`, repeatable: true, signal })
      }
      return (answer.body as { result: unknown }).result
    }),
  }
}

async function send(options: ClientOptions, workflow: Workflow, request: Request): Promise<{ status: number; body: unknown }> {
  for (let attempt = 0; ; attempt++) {
    const last = !request.repeatable || attempt >= (options.retries ?? DEFAULT_RETRIES)
    let pauseMs = PAUSE_MS * 2 ** attempt
    try {
      const response = await fetchOnce(options, request)
      const text = await response.text()
      if (response.ok) return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
      const body = problemOf(text)
      const declared = body.error && workflow.errors[body.error.name]
      if (declared) throw new declared(response.status, body)
      if (last || ![429, 502, 503, 504].includes(response.status)) throw new ApiError(response.status, body)
      pauseMs = Math.max(pauseMs, 1000 * (Number(response.headers.get('retry-after')) || 0))
    } catch (error) {
      // No answer is a `TypeError` of fetch, or the end of its time.
      const unanswered = error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')
      if (last || !unanswered || request.signal?.aborted) throw error
    }
    await pause(pauseMs, request.signal)
  }
}

async function fetchOnce(options: ClientOptions, { method, path, headers, body, signal }: Request): Promise<Response> {
  const { baseUrl, token, timeoutMs = DEFAULT_TIMEOUT_MS, fetch = globalThis.fetch } = options
  const accessToken = typeof token === 'string' ? token : await token()
  const timeout = AbortSignal.timeout(timeoutMs)
  return fetch(baseUrl.replace(/\/$/, '') + path, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

/** What is no problem of the API, such as a page of a proxy, has no more than its status. */
function problemOf(text: string): Problem {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? body : {}
  } catch {
    return {}
  }
}

function key(idempotencyKey: string | undefined): { readonly 'idempotency-key': string } {
  return { 'idempotency-key': idempotencyKey ?? crypto.randomUUID() }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', abort, { once: true })
  })
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}

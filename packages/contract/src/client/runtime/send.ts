import { ApiError, type ClientOptions, DeclaredError, type Problem } from './public.ts'

/** What the calls need to know. */
export interface Caller {
  readonly options: ClientOptions
  /** The classes of the errors that the workflow declares, by their names. */
  readonly errors: Readonly<Record<string, new (status: number, body: Problem) => DeclaredError>>
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Whether it may be sent twice. */
  readonly repeatable: boolean
  readonly signal?: AbortSignal | undefined
}

/** Milliseconds. */
const DEFAULT_TIMEOUT_MS = 45_000
const DEFAULT_RETRIES = 3
/** The first pause, in milliseconds; each further one is twice as long. */
const PAUSE_MS = 250

/** The answer to a request, which is sent again while that may help. Throws what is answered instead. */
export async function send(caller: Caller, request: Request): Promise<{ readonly status: number; readonly body: unknown }> {
  const timeout = () => AbortSignal.timeout(timeoutOf(caller))
  const read = async (response: Response) => {
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) }
  }
  return attempts(caller, request, { timeout, read })
}

export function timeoutOf({ options: { timeoutMs = DEFAULT_TIMEOUT_MS } }: Caller): number {
  return timeoutMs
}

interface Attempt<T> {
  /** Ends one attempt. */
  timeout(): AbortSignal
  read(response: Response): Promise<T>
}

/** Sends a request until there is an answer, or another attempt cannot help. */
export async function attempts<T>(caller: Caller, request: Request, { timeout, read }: Attempt<T>): Promise<T> {
  const { retries = DEFAULT_RETRIES } = caller.options
  for (let attempt = 0; ; attempt++) {
    const last = !request.repeatable || attempt >= retries
    let pauseMs = PAUSE_MS * 2 ** attempt
    try {
      const response = await fetchOnce(caller, request, timeout())
      if (response.ok) return await read(response)
      const error = errorOf(caller, response.status, problemOf(await response.text()))
      if (last || error instanceof DeclaredError || ![429, 502, 503, 504].includes(response.status)) throw error
      pauseMs = Math.max(pauseMs, 1000 * (Number(response.headers.get('retry-after')) || 0))
    } catch (error) {
      if (last || !isUnanswered(error) || request.signal?.aborted) throw error
    }
    await pause(pauseMs, request.signal)
  }
}

async function fetchOnce({ options }: Caller, { method, path, headers, body, signal }: Request, timeout: AbortSignal): Promise<Response> {
  const { baseUrl, token, fetch = globalThis.fetch } = options
  const accessToken = typeof token === 'string' ? token : await token()
  return fetch(baseUrl.replace(/\/$/, '') + path, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

function errorOf({ errors }: Caller, status: number, body: Problem): ApiError {
  const declared = body.error && errors[body.error.name]
  return declared ? new declared(status, body) : new ApiError(status, body)
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

/** No answer is a `TypeError` of fetch, or the end of its time. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')
}

/** The header that makes a request do its work once, however often it is sent. */
export function key(idempotencyKey: string | undefined): { readonly 'idempotency-key': string } {
  return { 'idempotency-key': idempotencyKey ?? crypto.randomUUID() }
}

export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    if (signal?.aborted) abort()
    else signal?.addEventListener('abort', abort, { once: true })
  })
}

export function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}

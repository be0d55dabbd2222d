/** What the API answered instead of what was asked for (RFC 9457). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }

  static of(request: string, status: number, body: string): ApiError {
    let problem: { title?: string; detail?: string; errors?: { pointer?: string; detail?: string }[] } = {}
    try {
      problem = JSON.parse(body) as typeof problem
    } catch {
      // A proxy's page, perhaps: the status must do.
    }
    const fields = problem.errors?.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ')
    return new ApiError(`${request} answered ${[status, problem.title, problem.detail, fields].filter(Boolean).join(', ')}`, status)
  }
}

/** Whether the same call may succeed a moment later: nobody answered, or the answer says so. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof ApiError) return [429, 502, 503, 504].includes(error.status)
  return error instanceof TypeError && error.message === 'fetch failed'
}

/** `fetch` says only "fetch failed"; why is in its cause. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message || String((error.cause as NodeJS.ErrnoException).code)}` : error.message
}

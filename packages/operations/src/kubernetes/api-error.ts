/** The API server's refusal, in its words. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** HTTP status. */
  readonly status: number
  /** One word for programs, such as `NotFound`. */
  readonly reason: string
  constructor(status: number, body: unknown) {
    const { message, reason } = body as { readonly message?: string; readonly reason?: string }
    super(message ?? `the API server answered ${status}`)
    this.status = status
    this.reason = reason ?? String(status)
  }
}

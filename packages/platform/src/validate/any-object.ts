/** An object as somebody wrote it: anything may be missing or wrong. */
export interface AnyObject {
  readonly apiVersion?: unknown
  readonly kind?: unknown
  readonly metadata?: unknown
}

import { createHash, randomUUID } from 'node:crypto'

export interface StartIdentity {
  readonly workflowId: string
  /** Where the id came from: the caller, its Idempotency-Key, or nowhere. */
  readonly source: 'caller' | 'key' | 'random'
  /** Tells whether two starts had the same Idempotency-Key from the same subject. */
  readonly keyHash?: string
}

interface StartRequest {
  readonly type: string
  readonly subject: string
  readonly workflowId?: string | undefined
  readonly idempotencyKey?: string | undefined
  /** What ids that are made begin with. @default nothing */
  readonly idPrefix?: string | undefined
}

/** What Temporal's database holds. */
const MAX_MADE_LENGTH = 255

/** The workflow id of a start: the caller's own, else one that the same caller's same key always gives, else a new one. */
export function startIdentity({ type, subject, workflowId, idempotencyKey, idPrefix = '' }: StartRequest): StartIdentity {
  const keyHash = idempotencyKey === undefined ? {} : { keyHash: requestHash(type, subject, idempotencyKey) }
  if (workflowId !== undefined) return { workflowId, source: 'caller', ...keyHash }
  if (idempotencyKey === undefined) return { workflowId: `${idPrefix}${randomUUID()}`, source: 'random' }
  const readable = `${idPrefix}${type}:${subject}:${sha256(idempotencyKey)}`
  const made = readable.length <= MAX_MADE_LENGTH ? readable : `${idPrefix}${requestHash(type, subject, idempotencyKey)}`
  return { workflowId: made, source: 'key', ...keyHash }
}

/** An id that stands for one request of one caller; other callers and other requests have others, whatever keys they choose. */
export function requestHash(...parts: string[]): string {
  return sha256(JSON.stringify(parts))
}

/** A hash of JSON data in which the order of an object's keys does not count. */
export function fingerprint(value: unknown): string {
  return sha256(JSON.stringify(value, sortKeys) ?? 'undefined')
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

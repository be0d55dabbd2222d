import type { Contract } from '@sundial/contract'
import type { Verifier } from './auth/verifier.ts'
import type { OpenStreams } from './http/event-stream.ts'
import type { CursorSigner } from './temporal/cursor.ts'
import type { Temporal } from './temporal/temporal.ts'

/** What the routes work with. */
export interface ApiContext {
  readonly contract: Contract
  readonly temporal: Temporal
  readonly verifier: Verifier
  readonly cursors: CursorSigner
  /** Streams of events that are open. */
  readonly streams: OpenStreams
  /** Aborted when the API begins to stop: whoever waits for a workflow is then answered at once. */
  readonly stopping: AbortSignal
}

import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StateFolder } from '../state/index.ts'
import type { ProcessProblem } from '../supervisor/index.ts'

/** What the process that runs a platform can be asked: one JSON document a connection, on one line, answered by one. */
export interface ControlRequest {
  readonly command: 'restart'
  readonly process: string
}

export type ControlAnswer =
  | { readonly kind: 'done' }
  /** It did not come up again. */
  | { readonly kind: 'failed'; readonly problem: ProcessProblem }
  /** Everything is being stopped. */
  | { readonly kind: 'stopping' }
  | { readonly kind: 'unknown'; readonly message: string }

/** The longest path of a socket, in bytes: 104 with its end on macOS, 108 on Linux. */
const LONGEST_PATH = 103

/** The socket of a platform: in its run folder, or in the system's folder for temporary files where that path would be too long for a socket. */
export function controlPath({ run }: StateFolder): string {
  const path = join(run, 'control.sock')
  if (Buffer.byteLength(path) <= LONGEST_PATH) return path
  return join(tmpdir(), `sundial-${createHash('sha256').update(path).digest('hex').slice(0, 16)}.sock`)
}

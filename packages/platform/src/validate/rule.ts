import type { Diagnostic } from '../model/diagnostics.ts'
import type { Cursor } from './cursor.ts'
import type { Tree } from './tree.ts'

export type Severity = 'error' | 'warning'

/** One thing that can be wrong with a set of Kubernetes objects. */
export interface Rule {
  /** What `--rule` and `--skip` name. */
  readonly id: string
  /** What must be so, as one sentence. */
  readonly meaning: string
  /** What happens where it is not so. */
  readonly why: string
  /** An error would fail, or be unsafe; a warning works and is a bad idea. */
  readonly severity: Severity
  check(tree: Tree): Iterable<Problem>
}

/** What a rule found, and where. */
export interface Problem {
  readonly at: Cursor
  readonly message: string
  readonly hint?: string
}

/** What a rule found, for people and programs. */
export interface Finding extends Diagnostic {
  readonly rule: string
  readonly severity: Severity
  /** Such as `Deployment temporal-backend/temporal-frontend`. */
  readonly object: string
}

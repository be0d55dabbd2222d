import type { AnyObject } from './any-object.ts'

/** What may be written in objects of each kind. */
export interface Schemas {
  /** What is wrong with an object; nothing is known of its kind if there is no list. */
  check(object: AnyObject): readonly SchemaProblem[] | undefined
}

export interface SchemaProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
  readonly hint?: string
}

import { ApplicationFailure } from '@temporalio/common'

/** The type of the failure that a name which is not in the contract causes. */
export const UNKNOWN_NAME = 'UnknownName'

export interface UnknownName {
  /** What kind of thing was named: "signal". */
  readonly kind: string
  readonly name: string
  /** Whose it should be: "this workflow". @default the contract's own */
  readonly of?: string
  /** The names that there are. */
  readonly known: readonly string[]
}

/** Never retried: it is a mistake in the program. */
export function unknownName({ kind, name, of, known }: UnknownName): ApplicationFailure {
  const where = of === undefined ? '' : ` for ${of}`
  return ApplicationFailure.nonRetryable(`the contract has no ${kind} "${name}"${where}; it has ${known.join(', ') || 'none'}`, UNKNOWN_NAME)
}

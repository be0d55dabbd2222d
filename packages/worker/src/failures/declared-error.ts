import { ApplicationFailure } from '@temporalio/common'

/** A declared error as it travels: the name is the failure's type, the data its only detail. */
export interface DeclaredError {
  readonly name: string
  readonly data: unknown
  readonly message: string
  /** Whether the same thing may succeed later. @default false */
  readonly retryable?: boolean
}

/** What is thrown for a declared error. It is an answer, not an accident: not retried, unless its declaration says that it may pass. */
export function declaredError({ name, data, message, retryable = false }: DeclaredError, cause?: Error): ApplicationFailure {
  return ApplicationFailure.create({ type: name, message, nonRetryable: !retryable, details: data === undefined ? [] : [data], ...(cause && { cause }) })
}

/** Reads a declared error from a failure, or from the failure of an activity or child workflow that it caused. @param isDeclared says whether there is an error of the name that is retried, or not */
export function readDeclaredError(error: unknown, isDeclared: (name: string, retryable: boolean) => boolean): DeclaredError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (!(current instanceof ApplicationFailure)) continue
    const retryable = current.nonRetryable !== true
    // An exception that only has the same class name is retried, and so is not meant where the error is not.
    if (!current.type || !isDeclared(current.type, retryable)) return undefined
    return { name: current.type, data: current.details?.[0], message: current.message, ...(retryable && { retryable }) }
  }
  return undefined
}

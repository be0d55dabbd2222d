import { ApplicationFailure } from '@temporalio/common'

/** A declared error as it travels: the name is the failure's type, the data its only detail. */
export interface DeclaredError {
  readonly name: string
  readonly data: unknown
  readonly message: string
}

/** What is thrown for a declared error. It is an answer, not an accident: never retried. */
export function declaredError({ name, data, message }: DeclaredError, cause?: Error): ApplicationFailure {
  return ApplicationFailure.create({ type: name, message, nonRetryable: true, details: data === undefined ? [] : [data], ...(cause && { cause }) })
}

/** Reads a declared error of one of the names from a failure, or from the failure of an activity or child workflow that it caused. */
export function readDeclaredError(error: unknown, isDeclared: (name: string) => boolean): DeclaredError | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (!(current instanceof ApplicationFailure)) continue
    // An exception that only has the same class name is retried, and so is not meant.
    if (current.nonRetryable !== true || !current.type || !isDeclared(current.type)) return undefined
    return { name: current.type, data: current.details?.[0], message: current.message }
  }
  return undefined
}

import type { ErrorDefinition } from '../contract.ts'

/** Failures that the worker itself makes: a declared error of the same name could not be told from them. */
const RESERVED = new Set(['ValidationFailed', 'UnknownName'])

export function* checkErrors(path: string, errors: Readonly<Record<string, ErrorDefinition>> = {}): Generator<string> {
  for (const [name, { httpStatus = 422 }] of Object.entries(errors)) {
    if (RESERVED.has(name)) yield `${path}.errors.${name}: the worker's own failures are called ${[...RESERVED].join(' and ')}; give the error another name`
    if (httpStatus < 400 || httpStatus > 499)
      yield `${path}.errors.${name}.httpStatus: ${httpStatus} is not a client error; a declared error is an answer, so 400 to 499`
  }
}

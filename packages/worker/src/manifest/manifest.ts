import type { SearchAttributeType } from '@sundial/contract'
import type { ActivityOptions } from '@temporalio/workflow'

/** What the workflow sandbox knows of a contract: plain data and compiled validators. The schemas' own library stays outside. */
export interface Manifest {
  readonly contract: string
  readonly searchAttributes: Readonly<Record<string, SearchAttributeType>>
  readonly workflows: Readonly<Record<string, WorkflowManifest>>
  readonly activities: Readonly<Record<string, ActivityManifest>>
}

export interface WorkflowManifest {
  readonly input: Check
  readonly output: Check
  readonly errors: Readonly<Record<string, ErrorManifest>>
  readonly signals: Readonly<Record<string, { readonly input: Check }>>
  readonly queries: Readonly<Record<string, { readonly input?: Check; readonly output: Check }>>
  readonly updates: Readonly<Record<string, { readonly input: Check; readonly output: Check }>>
}

export interface ActivityManifest {
  readonly input: Check
  readonly output: Check
  readonly errors: readonly string[]
  /** Those of the errors that are tried again. */
  readonly retryable: readonly string[]
  /** Durations in milliseconds. */
  readonly options: ActivityOptions
}

export interface ErrorManifest {
  readonly description?: string
  readonly data?: Check
  /** @default false */
  readonly retryable?: boolean
}

/**
 * A validator that Ajv compiled. A check of something received fills defaults into the value; a check of something that is
 * sent leaves it alone, since whoever receives it does the same.
 */
export interface Check {
  (value: unknown): boolean
  errors?: readonly CheckError[] | null
}

/** The part of Ajv's `ErrorObject` that is used. */
export interface CheckError {
  /** A JSON pointer. */
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
}

import type {
  ActivityFunction,
  ActivityName,
  Contract,
  ErrorData,
  ErrorName,
  InputOf,
  QueryArgument,
  QueryName,
  QueryResult,
  SearchAttributeType,
  SignalArgument,
  SignalName,
  UpdateArgument,
  UpdateName,
  UpdateResult,
  WorkflowArgument,
  WorkflowName,
} from '@sundial/contract'
import type { WorkflowInfo } from '@temporalio/workflow'

/** A workflow: gets its checked input with defaults filled, and returns what its output schema accepts. */
export type WorkflowImplementation<C extends Contract, W extends WorkflowName<C>> = (
  context: WorkflowContext<C, W>,
  input: WorkflowArgument<C, W>,
) => Promise<InputOf<C['workflows'][W]['output']>>

/** One implementation for every workflow type of the contract. */
export type WorkflowImplementations<C extends Contract> = { readonly [W in WorkflowName<C>]: WorkflowImplementation<C, W> }

/** What a workflow may do that its contract speaks of. Everything else is in `@temporalio/workflow`, and works as always. */
export interface WorkflowContext<C extends Contract, W extends WorkflowName<C>> {
  /** Time limits and retries are the contract's. An input that does not fit is refused before anything is scheduled. */
  readonly activities: { readonly [A in ActivityName<C>]: ActivityFunction<C, A> }
  /** An input that does not fit is logged and dropped: whoever sent a signal gets no answer. */
  onSignal<S extends SignalName<C, W>>(name: S, handler: (input: SignalArgument<C, W, S>) => void | Promise<void>): void
  /** A handler must answer at once and change nothing. */
  onQuery<Q extends QueryName<C, W>>(name: Q, handler: (input: QueryArgument<C, W, Q>) => QueryResult<C, W, Q>): void
  /** An input that does not fit, or that the validator throws for, is refused and leaves no trace in the history. */
  onUpdate<U extends UpdateName<C, W>>(
    name: U,
    handler: (input: UpdateArgument<C, W, U>) => UpdateResult<C, W, U> | Promise<UpdateResult<C, W, U>>,
    validator?: (input: UpdateArgument<C, W, U>) => void,
  ): void
  /** Sets the attributes that are named, and removes those that are null. */
  setSearchAttributes(values: SearchAttributeValues<C>): void
  /** A declared error, to throw. */
  error: ErrorFactory<C['workflows'][W]>
  /** As Temporal has it now. */
  readonly info: WorkflowInfo
}

/** Makes an error that the definition declares: its name, its data if it carries any, and a message for people. */
export type ErrorFactory<D> = <N extends ErrorName<D>>(
  name: N,
  ...rest: undefined extends ErrorData<D, N> ? [data?: ErrorData<D, N>, message?: string] : [data: ErrorData<D, N>, message?: string]
) => Error

export type SearchAttributeValues<C extends Contract> = {
  readonly [N in keyof NonNullable<C['searchAttributes']>]?: SearchAttributeValue<NonNullable<C['searchAttributes']>[N]> | null
}

interface SearchAttributeValueTypes {
  keyword: string
  text: string
  int: number
  double: number
  bool: boolean
  datetime: Date
  'keyword-list': string[]
}
type SearchAttributeValue<T> = T extends SearchAttributeType ? SearchAttributeValueTypes[T] : never

import type { Contract, ErrorDefinition } from './contract.ts'
import type { InputOf, OutputOf } from './schema.ts'

/** Type-level views of a contract, from the caller's side (`…Input`) and the handler's (`…Argument`). */
export type WorkflowName<C extends Contract> = keyof C['workflows'] & string
export type ActivityName<C extends Contract> = keyof C['activities'] & string

export type WorkflowInput<C extends Contract, W extends WorkflowName<C>> = InputOf<C['workflows'][W]['input']>
export type WorkflowArgument<C extends Contract, W extends WorkflowName<C>> = OutputOf<C['workflows'][W]['input']>
export type WorkflowResult<C extends Contract, W extends WorkflowName<C>> = OutputOf<C['workflows'][W]['output']>

type Members<C extends Contract, W extends WorkflowName<C>, K extends 'signals' | 'queries' | 'updates' | 'errors'> = NonNullable<C['workflows'][W][K]>

export type SignalName<C extends Contract, W extends WorkflowName<C>> = keyof Members<C, W, 'signals'> & string
export type QueryName<C extends Contract, W extends WorkflowName<C>> = keyof Members<C, W, 'queries'> & string
export type UpdateName<C extends Contract, W extends WorkflowName<C>> = keyof Members<C, W, 'updates'> & string

type FieldOf<T, F extends string> = T extends Readonly<Record<F, infer S>> ? S : undefined
export type SignalArgument<C extends Contract, W extends WorkflowName<C>, S extends SignalName<C, W>> = OutputOf<FieldOf<Members<C, W, 'signals'>[S], 'input'>>
export type QueryArgument<C extends Contract, W extends WorkflowName<C>, Q extends QueryName<C, W>> = OutputOf<FieldOf<Members<C, W, 'queries'>[Q], 'input'>>
export type QueryResult<C extends Contract, W extends WorkflowName<C>, Q extends QueryName<C, W>> = InputOf<FieldOf<Members<C, W, 'queries'>[Q], 'output'>>
export type UpdateArgument<C extends Contract, W extends WorkflowName<C>, U extends UpdateName<C, W>> = OutputOf<FieldOf<Members<C, W, 'updates'>[U], 'input'>>
export type UpdateResult<C extends Contract, W extends WorkflowName<C>, U extends UpdateName<C, W>> = InputOf<FieldOf<Members<C, W, 'updates'>[U], 'output'>>

/** Errors of a workflow or an activity, by name, with the data that each carries. */
export type ErrorName<D> = D extends { readonly errors: infer E } ? keyof E & string : never
export type ErrorData<D, N extends ErrorName<D>> = D extends { readonly errors: infer E }
  ? N extends keyof E
    ? E[N] extends ErrorDefinition
      ? InputOf<FieldOf<E[N], 'data'>>
      : never
    : never
  : never

/** An activity as a workflow calls it. */
export type ActivityFunction<C extends Contract, A extends ActivityName<C>> = (
  input: InputOf<C['activities'][A]['input']>,
) => Promise<OutputOf<C['activities'][A]['output']>>
/** An activity as its implementation is called. */
export type ActivityArgument<C extends Contract, A extends ActivityName<C>> = OutputOf<C['activities'][A]['input']>
export type ActivityResult<C extends Contract, A extends ActivityName<C>> = InputOf<C['activities'][A]['output']>

import type { WorkflowContext } from '@sundial/worker/workflow'
import type { orders } from '../contract.ts'

/** What the workflow `fulfil-order` is given. Types only: the contract's schemas must not come into the sandbox. */
export type Context = WorkflowContext<typeof orders, 'fulfil-order'>

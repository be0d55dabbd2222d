export { declaredErrorOf } from './declared-error-of.ts'
export type { DeclaredError } from '../failures/declared-error.ts'
export { implementWorkflows } from './implement-workflows.ts'
export type { ErrorFactory, SearchAttributeValues, WorkflowContext, WorkflowImplementation, WorkflowImplementations } from './types.ts'

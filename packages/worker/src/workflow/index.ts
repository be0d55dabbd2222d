export type { DeclaredError } from '../failures/declared-error.ts'
export { implementWorkflows } from './implement-workflows.ts'
export type { ErrorFactory, SearchAttributeValues, WorkflowContext, WorkflowImplementation, WorkflowImplementations } from './types.ts'
export { declaredErrorOf } from './workflow-error.ts'

import type { Contract, JsonSchema, WorkflowDefinition } from '@sundial/contract'
import type { Components } from '../openapi/components.ts'
import { pascalCase } from '../openapi/names.ts'
import { STATUS_NAMES } from '../temporal/statuses.ts'
import { declaredProblems, type DeclaredProblem } from '../openapi/problem-responses.ts'

/** A workflow of the contract, as its routes see it. */
export interface WorkflowView {
  readonly type: string
  /** For operation ids and schema names. */
  readonly name: string
  readonly definition: WorkflowDefinition
  /** `/v1/workflows/{type}` */
  readonly path: string
  readonly components: Components
  readonly declared: readonly DeclaredProblem[]
  /** Reference to the schema of an answer that tells where a workflow stands, with its result when it has one. */
  readonly execution: JsonSchema
}

/** One run of a workflow. */
export const RUN_SCHEMA: JsonSchema = {
  type: 'object',
  required: ['workflowId', 'runId'],
  properties: { workflowId: { type: 'string' }, runId: { type: 'string' } },
}

/** The workflows of a contract that the API shows. */
export function shownWorkflows({ workflows }: Contract): [string, WorkflowDefinition][] {
  return Object.entries(workflows).filter(([, { http }]) => http !== false)
}

export function viewWorkflow(components: Components, type: string, definition: WorkflowDefinition): WorkflowView {
  const name = pascalCase(type)
  const result = components.addContract(`${name}Output`, definition.output, { path: `workflows.${type}.output`, side: 'output' })
  const execution = components.add(`${name}Execution`, {
    type: 'object',
    required: ['workflowId', 'runId', 'status'],
    properties: { workflowId: { type: 'string' }, runId: { type: 'string' }, status: { type: 'string', enum: STATUS_NAMES }, result },
  })
  const path = `/v1/workflows/${encodeURIComponent(type)}`
  return { type, name, definition, path, components, execution, declared: declaredProblems(components, { type, name, definition }) }
}

/** Where a workflow is, for `Location`. */
export function locationOf(view: WorkflowView, workflowId: string): string {
  return `${view.path}/${encodeURIComponent(workflowId)}`
}

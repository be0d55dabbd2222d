import { z } from 'zod'
import type { Contract, WorkflowDefinition } from '../contract.ts'
import { ContractError, defineContract } from '../define.ts'

const nothing = z.object({})
export const workflow = {
  description: 'Works',
  input: nothing,
  output: nothing,
  idempotency: 'once-per-id',
  queries: { progress: { output: nothing }, line: { input: nothing, output: nothing } },
  access: {},
} as const satisfies WorkflowDefinition

/** What is wrong with a contract of one workflow, `w`, once some of it is changed. */
export function problemsOf(changes: Partial<Contract>, ofWorkflow: Partial<WorkflowDefinition> = {}): readonly string[] {
  try {
    defineContract<Contract>({ name: 'c', taskQueue: 'c', workflows: { w: { ...workflow, ...ofWorkflow } }, activities: {}, ...changes })
    return []
  } catch (error) {
    if (error instanceof ContractError) return error.problems
    throw error
  }
}

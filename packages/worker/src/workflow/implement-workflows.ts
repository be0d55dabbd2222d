import type { Contract } from '@sundial/contract'
import { manifest } from '@sundial/worker/manifest'
import { workflowInfo } from '@temporalio/workflow'
import { checked } from './check.ts'
import { createContext } from './context.ts'
import type { WorkflowImplementations } from './types.ts'
import { workflowError } from './workflow-error.ts'

/**
 * The workflows of a contract as one function, which Temporal calls for every type. It must be the default export of the
 * module that is bundled:
 *
 * ```ts
 * import type { orders } from '../contract.ts'
 * export default implementWorkflows<typeof orders>({ 'fulfil-order': fulfilOrder })
 * ```
 *
 * The contract is imported as a type only: its schemas stay out of the sandbox, where they would cost about five times the
 * memory of a cached workflow. What checks values here was compiled from their JSON Schema, so it knows neither refinements
 * nor transforms; those run wherever the contract itself is at hand.
 */
export function implementWorkflows<C extends Contract>(implementations: WorkflowImplementations<C>): (input: unknown) => Promise<unknown> {
  return async (input) => {
    const { workflowType } = workflowInfo()
    const definition = own(manifest.workflows, workflowType)
    const implementation = own(implementations as Readonly<Record<string, AnyImplementation>>, workflowType)
    // The words and the effect of the SDK: the workflow task fails, and is tried again when a worker that knows the type runs.
    if (!definition || !implementation)
      throw new TypeError(`Failed to initialize workflow of type '${workflowType}': no such function is exported by the workflow bundle`)
    try {
      const argument = checked(definition.input, input, `input of workflow "${workflowType}"`)
      const output = await implementation(createContext(definition), argument)
      return checked(definition.output, output, `output of workflow "${workflowType}"`)
    } catch (error) {
      throw workflowError(error, definition)
    }
  }
}

type AnyImplementation = (context: unknown, input: unknown) => Promise<unknown>

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

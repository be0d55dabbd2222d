import type { Contract, WorkflowName } from '@sundial/contract'
import { workflowInfo } from '@temporalio/workflow'
import { declaredError } from '../failures/declared-error.ts'
import { unknownName } from '../failures/unknown-name.ts'
import type { WorkflowManifest } from '../manifest/manifest.ts'
import { activities } from './activities.ts'
import { checked } from './check.ts'
import { createHandlers } from './handlers.ts'
import { setSearchAttributes } from './search-attributes.ts'
import type { WorkflowContext } from './types.ts'

/** The contract's types hold outside; in here names and values are what the manifest checks. */
export function createContext(definition: WorkflowManifest): WorkflowContext<Contract, WorkflowName<Contract>> {
  const context = {
    activities,
    ...createHandlers(definition),
    setSearchAttributes,
    error: (name: string, data?: unknown, message?: string) => makeError(definition, { name, data, message }),
    get info() {
      return workflowInfo()
    },
  }
  return context as unknown as WorkflowContext<Contract, WorkflowName<Contract>>
}

function makeError(definition: WorkflowManifest, { name, data, message }: { name: string; data: unknown; message: string | undefined }): Error {
  const error = Object.hasOwn(definition.errors, name) ? definition.errors[name] : undefined
  if (!error) return unknownName({ kind: 'error', name, of: 'this workflow', known: Object.keys(definition.errors) })
  if (error.data) checked(error.data, data, `data of error "${name}"`)
  return declaredError({ name, data, message: message ?? error.description ?? name, retryable: error.retryable ?? false })
}

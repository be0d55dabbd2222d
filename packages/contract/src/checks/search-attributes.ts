import type { Contract, SearchAttributeType } from '../contract.ts'
import { nameIn } from './names.ts'

const TYPES = ['keyword', 'text', 'int', 'double', 'bool', 'datetime', 'keyword-list'] as const satisfies readonly SearchAttributeType[]

/** Those that every workflow has; all others that are Temporal's own begin with its name. */
const RESERVED = new Set(
  'BatcherUser BinaryChecksums BuildIds CloseTime ExecutionDuration ExecutionStatus ExecutionTime HistoryLength HistorySizeBytes NamespaceDivision ParentRunId ParentWorkflowId RootRunId RootWorkflowId RunId StartTime StateTransitionCount TaskQueue WorkflowId WorkflowType'.split(
    ' ',
  ),
)

export function* checkSearchAttributes({ searchAttributes = {} }: Contract): Generator<string> {
  for (const [name, type] of Object.entries(searchAttributes)) {
    const path = `searchAttributes.${name}`
    if (!/^[A-Za-z]\w*$/.test(name)) yield `${path}: a search attribute is letters, digits and "_", and begins with a letter`
    else if (RESERVED.has(name) || name.startsWith('Temporal')) yield `${path}: is one of Temporal's own; choose another name`
    yield* nameIn(path, type, TYPES)
  }
}

import type { ActivityDefinition, AnySchema, Contract, WorkflowDefinition } from './contract.ts'
import { jsonSchema, type JsonSchema } from './schema.ts'

/** A definition with every schema replaced by its JSON Schema. */
type Described<T> = T extends AnySchema ? JsonSchema : T extends object ? { readonly [K in keyof T]: Described<T[K]> } : T

/** A contract as plain data: what programs in other languages, documents and generators read. */
export interface ContractManifest extends Omit<Contract, 'workflows' | 'activities'> {
  readonly workflows: Readonly<Record<string, Described<WorkflowDefinition>>>
  readonly activities: Readonly<Record<string, Described<ActivityDefinition>>>
}

/** Inputs are described as callers write them, outputs as callers get them. */
export function contractManifest(contract: Contract): ContractManifest {
  return describe(contract, 'input') as ContractManifest
}

function describe(value: unknown, side: 'input' | 'output'): unknown {
  if (isSchema(value)) return jsonSchema(value, side)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  // The only outputs of a contract are under this key; what an error carries is an output too.
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, describe(child, key === 'output' || key === 'data' ? 'output' : 'input')]))
}

function isSchema(value: unknown): value is AnySchema {
  // Those of some libraries can be called.
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && '~standard' in value
}

export type { Audience, ContractChange } from './change.ts'
export { contractChanges } from './contract-changes.ts'

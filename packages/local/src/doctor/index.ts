export { examine, type NamedFinding } from './examine.ts'
export { readMachineFacts } from './machine-facts.ts'

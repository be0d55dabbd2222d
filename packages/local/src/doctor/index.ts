// An entry of its own: this is asked when something is wrong, and should answer at once.
export { stateFolder } from '../state/index.ts'
export { examine, type NamedFinding } from './examine.ts'
export { readMachineFacts } from './machine-facts.ts'

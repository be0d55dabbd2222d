import { checkActivities } from './check-activities.ts'
import { checkNames, checkWorkflows } from './check-workflows.ts'
import type { Contract } from './contract.ts'

/** Everything that is wrong with a contract, at once. */
export class ContractError extends Error {
  override readonly name = 'ContractError'
  readonly problems: readonly string[]
  constructor(contract: string, problems: readonly string[]) {
    super(`contract "${contract}" has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${problems.map((p) => `  - ${p}`).join('\n')}`)
    this.problems = problems
  }
}

/** Declares a contract and keeps its literal types. Throws a {@link ContractError} that lists every problem. */
export function defineContract<const C extends Contract>(contract: C): C {
  const problems = [...checkNames(contract), ...checkWorkflows(contract), ...checkActivities(contract)]
  if (problems.length > 0) throw new ContractError(contract.name, problems)
  return contract
}

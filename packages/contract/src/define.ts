import { checkActivities } from './checks/activities.ts'
import { checkSharedErrors } from './checks/errors.ts'
import { checkTenant } from './checks/exposure.ts'
import { checkSchedules } from './checks/schedules.ts'
import { checkSchemas } from './checks/schemas.ts'
import { checkSearchAttributes } from './checks/search-attributes.ts'
import { checkNames, checkWorkflows } from './checks/workflows.ts'
import type { Contract } from './contract.ts'
import type { ScheduleDefinition } from './schedules.ts'
import type { InputOf } from './schema.ts'

/** Everything that is wrong with a contract, at once. */
export class ContractError extends Error {
  override readonly name = 'ContractError'
  readonly problems: readonly string[]
  constructor(contract: string, problems: readonly string[]) {
    super(`contract "${contract}" has ${problems.length} problem${problems.length === 1 ? '' : 's'}:\n${problems.map((p) => `  - ${p}`).join('\n')}`)
    this.problems = problems
  }
}

/** The schedules of a contract, each with the input of the workflow that it names. */
type Schedules<C extends Contract> = { readonly [S in keyof NonNullable<C['schedules']>]: ScheduleOf<C, NonNullable<C['schedules']>[S]> }
type ScheduleOf<C extends Contract, S> = S extends { readonly workflow: infer W extends keyof C['workflows'] & string }
  ? ScheduleDefinition<W, InputOf<C['workflows'][W]['input']>>
  : ScheduleDefinition<keyof C['workflows'] & string>

/** Declares a contract and keeps its literal types. Throws a {@link ContractError} that lists every problem. */
export function defineContract<const C extends Contract>(contract: C & { readonly schedules?: Schedules<C> }): C {
  const checks = [checkNames, checkSearchAttributes, checkWorkflows, checkActivities, checkSchemas, checkSharedErrors, checkSchedules, checkTenant]
  const problems = checks.flatMap((check) => [...check(contract)])
  if (problems.length > 0) throw new ContractError(contract.name, problems)
  return contract
}

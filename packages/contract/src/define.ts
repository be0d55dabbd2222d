import { toMilliseconds } from './duration.ts'
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
  const problems = [...checkNames(contract), ...checkActivities(contract)]
  if (problems.length > 0) throw new ContractError(contract.name, problems)
  return contract
}

/** Prefixes that Temporal keeps for itself. */
const RESERVED = /^__(temporal|stack_trace|enhanced_stack_trace)/

function* checkNames(contract: Contract): Generator<string> {
  if (!/^[a-z][a-z0-9-]*$/.test(contract.name)) yield `name: "${contract.name}" must be lower case letters, digits and dashes, and begin with a letter`
  if (contract.taskQueue === '') yield 'taskQueue: must not be empty'
  for (const [type, workflow] of Object.entries(contract.workflows)) {
    const named = { signals: workflow.signals, queries: workflow.queries, updates: workflow.updates }
    if (!/^[A-Za-z][\w-]*$/.test(type)) yield `workflows.${type}: a workflow type is letters, digits, "_" and "-", since it is part of a path`
    for (const [kind, definitions] of Object.entries(named)) {
      for (const name of Object.keys(definitions ?? {})) {
        if (RESERVED.test(name)) yield `workflows.${type}.${kind}.${name}: names that begin with "__temporal" or "__stack_trace" are Temporal's own`
      }
    }
    for (const [name, error] of Object.entries(workflow.errors ?? {})) {
      const status = error.httpStatus ?? 422
      if (status < 400 || status > 499)
        yield `workflows.${type}.errors.${name}.httpStatus: ${status} is not a client error; a declared error is an answer, so 400 to 499`
    }
  }
}

function* checkActivities(contract: Contract): Generator<string> {
  for (const [type, activity] of Object.entries(contract.activities)) {
    const path = `activities.${type}`
    try {
      const attempt = toMilliseconds(activity.startToCloseTimeout)
      const total = toMilliseconds(activity.scheduleToCloseTimeout)
      if (total < attempt)
        yield `${path}: scheduleToCloseTimeout (${activity.scheduleToCloseTimeout}) is shorter than startToCloseTimeout (${activity.startToCloseTimeout}), so no attempt could use its time`
    } catch (error) {
      yield `${path}: ${(error as Error).message}`
    }
  }
}

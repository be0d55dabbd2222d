import { type ActivityDefinition, type Contract, ContractError, toMilliseconds, type WorkflowDefinition } from '@sundial/contract'
import { CheckCollection } from './check-collection.ts'

/** The manifest of a contract, with references where validators go, and the schemas of these. Throws a `ContractError` that lists every schema that cannot be checked. */
export function manifestTree(contract: Contract) {
  const checks = new CheckCollection()
  const tree = {
    contract: contract.name,
    searchAttributes: contract.searchAttributes ?? {},
    workflows: mapValues(contract.workflows, (workflow, type) => workflowTree(checks, `workflows.${type}`, workflow)),
    activities: mapValues(contract.activities, (activity, name) => activityTree(checks, `activities.${name}`, activity)),
  }
  if (checks.problems.length > 0) throw new ContractError(contract.name, checks.problems)
  return { tree, schemas: checks.schemas }
}

function workflowTree(checks: CheckCollection, path: string, workflow: WorkflowDefinition) {
  return {
    input: checks.received(`${path}.input`, workflow.input),
    output: checks.answered(`${path}.output`, workflow.output),
    errors: mapValues(workflow.errors ?? {}, ({ description, data, retryable }, name) => ({
      description,
      retryable,
      data: data && checks.answered(`${path}.errors.${name}.data`, data),
    })),
    signals: mapValues(workflow.signals ?? {}, ({ input }, name) => ({ input: checks.received(`${path}.signals.${name}.input`, input) })),
    queries: mapValues(workflow.queries ?? {}, ({ input, output }, name) => ({
      input: input && checks.received(`${path}.queries.${name}.input`, input),
      output: checks.answered(`${path}.queries.${name}.output`, output),
    })),
    updates: mapValues(workflow.updates ?? {}, ({ input, output }, name) => ({
      input: checks.received(`${path}.updates.${name}.input`, input),
      output: checks.answered(`${path}.updates.${name}.output`, output),
    })),
  }
}

function activityTree(checks: CheckCollection, path: string, activity: ActivityDefinition) {
  const { startToCloseTimeout, scheduleToCloseTimeout, heartbeatTimeout, retry, errors = {} } = activity
  return {
    input: checks.sent(`${path}.input`, activity.input),
    output: checks.received(`${path}.output`, activity.output),
    errors: Object.keys(errors),
    retryable: Object.keys(errors).filter((name) => errors[name]?.retryable),
    options: {
      startToCloseTimeout: toMilliseconds(startToCloseTimeout),
      scheduleToCloseTimeout: toMilliseconds(scheduleToCloseTimeout),
      heartbeatTimeout: heartbeatTimeout === undefined ? undefined : toMilliseconds(heartbeatTimeout),
      retry: retry && {
        ...retry,
        initialInterval: retry.initialInterval === undefined ? undefined : toMilliseconds(retry.initialInterval),
        maximumInterval: retry.maximumInterval === undefined ? undefined : toMilliseconds(retry.maximumInterval),
      },
    },
  }
}

function mapValues<T, R>(record: Readonly<Record<string, T>>, map: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]))
}

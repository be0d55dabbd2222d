import type { Contract, Idempotency, WorkflowDefinition } from '../contract.ts'
import { checkDuration } from './duration.ts'
import { checkErrors } from './errors.ts'
import { checkExposure } from './exposure.ts'
import { checkClientNames, checkNameSet, nameIn } from './names.ts'
import { checkObjectives } from './objectives.ts'

const POLICIES = ['once-per-id', 'retry-if-failed', 'allow-duplicate'] as const satisfies readonly Idempotency[]

export function* checkNames({ name, taskQueue, workflows, activities }: Contract): Generator<string> {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) yield `name: "${name}" must be lower case letters, digits and dashes, and begin with a letter`
  if (taskQueue === '') yield 'taskQueue: must not be empty'
  if (/^(\/_sys\/|__)/.test(taskQueue)) yield `taskQueue: "${taskQueue}" is one of Temporal's own; choose another name`
  yield* checkNameSet('workflows', Object.keys(workflows))
  yield* checkClientNames('workflows', Object.keys(workflows))
  yield* checkNameSet('activities', Object.keys(activities))
}

export function* checkWorkflows(contract: Contract): Generator<string> {
  for (const [type, workflow] of Object.entries(contract.workflows)) {
    const path = `workflows.${type}`
    yield* checkMessages(path, workflow)
    if (workflow.idempotency === undefined) yield `${path}.idempotency: is not set; say what a second start with the same id means: ${POLICIES.join(', ')}`
    else yield* nameIn(`${path}.idempotency`, workflow.idempotency, POLICIES)
    yield* checkDuration(`${path}.executionTimeout`, workflow.executionTimeout)
    yield* checkErrors(path, workflow.errors)
    yield* checkObjectives(`${path}.objectives`, workflow.objectives)
    yield* checkExposure(path, workflow)
  }
}

function* checkMessages(path: string, { signals, queries, updates }: WorkflowDefinition): Generator<string> {
  for (const [kind, definitions] of Object.entries({ signals, queries, updates })) yield* checkNameSet(`${path}.${kind}`, Object.keys(definitions ?? {}))
}

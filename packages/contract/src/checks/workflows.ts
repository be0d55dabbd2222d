import { checkDuration } from './duration.ts'
import { checkErrors } from './errors.ts'
import { checkExposure } from './exposure.ts'
import { checkObjectives } from './objectives.ts'
import type { Contract, WorkflowDefinition } from '../contract.ts'

/** Prefixes that Temporal keeps for itself. */
const RESERVED = /^__(temporal|stack_trace|enhanced_stack_trace)/

export function* checkNames({ name, taskQueue }: Contract): Generator<string> {
  if (!/^[a-z][a-z0-9-]*$/.test(name)) yield `name: "${name}" must be lower case letters, digits and dashes, and begin with a letter`
  if (taskQueue === '') yield 'taskQueue: must not be empty'
}

export function* checkWorkflows(contract: Contract): Generator<string> {
  for (const [type, workflow] of Object.entries(contract.workflows)) {
    const path = `workflows.${type}`
    if (!/^[A-Za-z][\w-]*$/.test(type)) yield `${path}: a workflow type is letters, digits, "_" and "-", since it is part of a path`
    yield* checkMessages(path, workflow)
    yield* checkDuration(`${path}.executionTimeout`, workflow.executionTimeout)
    yield* checkErrors(path, workflow.errors)
    yield* checkObjectives(`${path}.objectives`, workflow.objectives)
    yield* checkExposure(path, workflow)
  }
}

function* checkMessages(path: string, { signals, queries, updates }: WorkflowDefinition): Generator<string> {
  for (const [kind, definitions] of Object.entries({ signals, queries, updates })) {
    for (const name of Object.keys(definitions ?? {})) {
      if (RESERVED.test(name)) yield `${path}.${kind}.${name}: names that begin with "__temporal" or "__stack_trace" are Temporal's own`
    }
  }
}

import type { AnySchema, Contract, ErrorDefinition } from '../contract.ts'
import { jsonSchema } from '../schema.ts'

/** Failures that the worker itself makes: a declared error of the same name could not be told from them. */
const OF_THE_WORKER = ['ValidationFailed', 'UnknownName']
/** What a program throws by accident: the class is the type of the failure. */
const OF_PROGRAMS = /^((Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error|(Application|Activity|Cancelled|ChildWorkflow|Server|Terminated|Timeout)Failure)$/

export function* checkErrors(path: string, errors: Readonly<Record<string, ErrorDefinition>> = {}): Generator<string> {
  for (const [name, { httpStatus = 422 }] of Object.entries(errors)) {
    if (OF_THE_WORKER.includes(name))
      yield `${path}.errors.${name}: the worker's own failures are called ${OF_THE_WORKER.join(' and ')}; give the error another name`
    else if (OF_PROGRAMS.test(name)) yield `${path}.errors.${name}: is what a program throws by accident; give the error a name that says what it means`
    else if (!/^[A-Z][A-Za-z0-9]*$/.test(name))
      yield `${path}.errors.${name}: an error is letters and digits, and begins with a capital, as a class does: clients have one for it`
    if (!(Number.isInteger(httpStatus) && httpStatus >= 400 && httpStatus <= 499))
      yield `${path}.errors.${name}.httpStatus: ${httpStatus} is not a client error; a declared error is an answer, so 400 to 499`
  }
}

/** An activity's error that a workflow declares too becomes the workflow's answer as it is, so the two must be the same. */
export function* checkSharedErrors({ workflows, activities }: Contract): Generator<string> {
  for (const [type, workflow] of Object.entries(workflows)) {
    for (const [name, error] of Object.entries(workflow.errors ?? {})) {
      for (const [activity, { errors = {} }] of Object.entries(activities)) {
        const other = Object.hasOwn(errors, name) ? errors[name] : undefined
        if (!other) continue
        const path = `workflows.${type}.errors.${name}`
        if ((error.retryable ?? false) !== (other.retryable ?? false))
          yield `${path}.retryable: differs from that of activities.${activity}.errors.${name}, whose failure the workflow passes on; make them the same, or give one of them another name`
        if (written(error.data) !== written(other.data))
          yield `${path}.data: differs from that of activities.${activity}.errors.${name}, whose failure the workflow passes on; make them the same, or give one of them another name`
      }
    }
  }
}

/** What cannot be written is another problem. */
function written(schema: AnySchema | undefined): string | undefined {
  try {
    return schema && JSON.stringify(jsonSchema(schema, 'output'))
  } catch {
    return undefined
  }
}

import { type ActivityDefinition, type AnySchema, type Contract, validate } from '@sundial/contract'
import { Context } from '@temporalio/activity'
import { readDeclaredError } from '../failures/declared-error.ts'
import { validationFailed } from '../failures/validation-failed.ts'
import { createActivityContext } from './activity-context.ts'
import type { ActivityImplementations } from './types.ts'

type AnyImplementation = (input: unknown, context: unknown) => Promise<unknown>

/**
 * The implementations as Temporal calls them, with input and output checked by the contract's own schemas.
 * Throws a `TypeError` when the contract's activities and the implementations are not the same ones.
 */
export function wrapActivities<C extends Contract>(
  contract: C,
  implementations: ActivityImplementations<C>,
): Record<string, (input: unknown) => Promise<unknown>> {
  for (const name of Object.keys(implementations)) {
    if (Object.hasOwn(contract.activities, name)) continue
    const known = Object.keys(contract.activities).join(', ') || 'none'
    throw new TypeError(`activity "${name}" is implemented, but contract "${contract.name}" does not declare it; it has ${known}`)
  }
  const wrapped = Object.entries(contract.activities).map(([name, definition]) => {
    const implementation = (implementations as Readonly<Record<string, AnyImplementation | undefined>>)[name]
    if (!implementation) throw new TypeError(`activity "${name}" of contract "${contract.name}" has no implementation`)
    return [name, wrap(name, definition, implementation)] as const
  })
  return Object.fromEntries(wrapped)
}

function wrap(name: string, definition: ActivityDefinition, implementation: AnyImplementation) {
  return async (input: unknown): Promise<unknown> => {
    const argument = await parse(definition.input, input, `input of activity "${name}"`)
    let output: unknown
    try {
      output = await implementation(argument, createActivityContext(Context.current(), definition))
    } catch (error) {
      await checkDeclared(definition, error)
      throw error
    }
    await parse(definition.output, output, `output of activity "${name}"`)
    // As it is: whoever receives it parses it, so that a transform runs once.
    return output
  }
}

async function parse(schema: AnySchema, value: unknown, what: string): Promise<unknown> {
  const result = await validate(schema, value)
  if ('issues' in result) throw validationFailed(what, result.issues)
  return result.value
}

/** Here, and not where the error is made: a schema may need to wait, and whoever makes an error does not. */
async function checkDeclared(definition: ActivityDefinition, error: unknown): Promise<void> {
  const declared = readDeclaredError(
    error,
    (name, retryable) => Object.hasOwn(definition.errors ?? {}, name) && retryable === (definition.errors?.[name]?.retryable ?? false),
  )
  const data = declared && definition.errors?.[declared.name]?.data
  if (data) await parse(data, declared.data, `data of error "${declared.name}"`)
}

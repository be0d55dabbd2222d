import { type AnySchema, type OutputOf, validate } from '@sundial/contract'
import { problem } from './api-problem.ts'

/**
 * What a caller gets of what a workflow answered. Workers send their answers as they are, and whoever receives one parses it: defaults are filled in
 * and members that the schema does not know are left out. Throws the problem of an answer that the contract does not allow.
 */
export async function readOutput<S extends AnySchema>(schema: S, answer: unknown): Promise<OutputOf<S>> {
  const result = await validate(schema, answer)
  if ('value' in result) return result.value
  const cause = new Error(result.issues.map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`).join('; '))
  throw problem('unexpected-answer', 'a worker with another version of the contract may have made it', { cause })
}

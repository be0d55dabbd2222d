import type { SearchAttributeType } from '@sundial/contract'
import { z } from 'zod'
import { type ContractSchedules, contractSchedulesSchema } from '../schedules/specification.ts'
import { SEARCH_ATTRIBUTE_TYPES } from './search-attribute-types.ts'

const namespaceSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  retentionDays: z.number().min(1),
  searchAttributes: z.record(z.string().min(1), z.enum(SEARCH_ATTRIBUTE_TYPES)).default({}),
  contracts: z.array(contractSchedulesSchema).default([]),
})
const fileSchema = z.strictObject({
  namespaces: z.array(namespaceSchema),
  make: z.boolean().default(true),
  // A cold server may need a minute, and the caches of namespaces ten seconds.
  patienceSeconds: z.number().min(1).max(600).default(120),
})

/** A namespace as it should be. */
export interface NamespaceSpecification {
  readonly name: string
  /** @default what the namespace has */
  readonly description?: string | undefined
  /** How long closed workflows are kept, in days. Temporal keeps them for one day at least. */
  readonly retentionDays: number
  /** Those that must exist; others are left alone. */
  readonly searchAttributes: Readonly<Record<string, SearchAttributeType>>
}

/** What the job is to do. */
export interface Specification {
  readonly namespaces: readonly (NamespaceSpecification & { readonly contracts: readonly ContractSchedules[] })[]
  /** `false`: only find out whether they are there. */
  readonly make: boolean
  /** How long to wait for a server that does not answer. */
  readonly patienceSeconds: number
}

/** Everything that is wrong with a file of namespaces, at once. */
export class SpecificationError extends Error {
  override readonly name = 'SpecificationError'
}

/**
 * Reads the JSON text of a file of namespaces. Throws a {@link SpecificationError} that lists every problem.
 *
 * @param source the file's name, for the message
 */
export function parseSpecification(text: string, source: string): Specification {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new SpecificationError(`${source} is not JSON: ${(error as Error).message}`)
  }
  const result = fileSchema.safeParse(json)
  const problems = result.success
    ? duplicates(result.data.namespaces)
    : result.error.issues.map((issue) => `${issue.path.join('.') || '(the file)'}: ${issue.message}`)
  if (!result.success || problems.length > 0)
    throw new SpecificationError(`${source} is not a list of namespaces:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  return result.data
}

function duplicates(namespaces: readonly NamespaceSpecification[]): string[] {
  const names = namespaces.map(({ name }) => name)
  return names.flatMap((name, index) => (names.indexOf(name) < index ? [`namespaces.${index}.name: "${name}" is named twice`] : []))
}

import type { SearchAttributeType } from '@sundial/contract'
import { NamespaceError } from './ensure-namespaces.ts'
import { hasStatus, INVALID_ARGUMENT, NOT_FOUND } from './grpc-status.ts'
import { checkUsable } from './namespace-client.ts'
import type { NamespaceSpecification } from './specification.ts'
import type { TemporalConnection } from './temporal-connection.ts'

/**
 * Finds out whether namespaces and their search attributes are there, for a Temporal where others make them. It asks only what may be asked with
 * the right to read a namespace. Throws a {@link NamespaceError} with everything that is missing, and the commands that make it.
 */
export async function checkNamespaces(temporal: TemporalConnection, wanted: readonly NamespaceSpecification[]): Promise<void> {
  const missing = (await Promise.all(wanted.map((namespace) => missingOf(temporal, namespace)))).flat()
  if (missing.length > 0)
    throw new NamespaceError(`not everything is there; those who run Temporal make it with:\n${missing.map((command) => `  ${command}`).join('\n')}`)
}

async function missingOf(temporal: TemporalConnection, { name, retentionDays, searchAttributes }: NamespaceSpecification): Promise<string[]> {
  const isThere = await found(temporal, name, {})
  const attributes = Object.entries(searchAttributes)
  const known = isThere ? await Promise.all(attributes.map(([attribute, type]) => found(temporal, name, { [attribute]: type }))) : []
  return [
    ...(isThere ? [] : [`temporal operator namespace create --namespace ${name} --retention ${retentionDays}d`]),
    ...attributes
      .filter((_, index) => !known[index])
      .map(([attribute, type]) => `temporal operator search-attribute create --namespace ${name} --name ${attribute} --type ${commandType(type)}`),
  ]
}

async function found(temporal: TemporalConnection, name: string, searchAttributes: Readonly<Record<string, SearchAttributeType>>): Promise<boolean> {
  try {
    await checkUsable(temporal, { name, searchAttributes })
    return true
  } catch (error) {
    // The query is our own, so an invalid one says that an attribute is not known.
    if (hasStatus(error, NOT_FOUND, INVALID_ARGUMENT)) return false
    throw error
  }
}

/** As the command wants it: `KeywordList` for `keyword-list`. */
function commandType(type: SearchAttributeType): string {
  return type
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}

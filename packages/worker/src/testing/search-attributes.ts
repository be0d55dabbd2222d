import type { Contract, SearchAttributeType } from '@sundial/contract'
import { isGrpcServiceError } from '@temporalio/client'
import type { TestWorkflowEnvironment } from '@temporalio/testing'

/** By the words of a contract: `temporal.api.enums.v1.IndexedValueType` of Temporal's API, and what Temporal's tool calls it. */
const TYPES = {
  text: { number: 1, name: 'Text' },
  keyword: { number: 2, name: 'Keyword' },
  int: { number: 3, name: 'Int' },
  double: { number: 4, name: 'Double' },
  bool: { number: 5, name: 'Bool' },
  datetime: { number: 6, name: 'Datetime' },
  'keyword-list': { number: 7, name: 'KeywordList' },
} as const satisfies Record<SearchAttributeType, object>

/** Adds the search attributes of a contract to a server that has none. */
export async function addSearchAttributes({ connection }: TestWorkflowEnvironment, { searchAttributes = {} }: Contract): Promise<void> {
  const types = Object.entries(searchAttributes).map(([name, type]) => [name, TYPES[type].number] as const)
  if (types.length > 0) await connection.operatorService.addSearchAttributes({ searchAttributes: Object.fromEntries(types) })
}

/** Throws if a namespace lacks search attributes of a contract, or has one with another type: its workflows would try again and again to set them. */
export async function checkSearchAttributes(server: TestWorkflowEnvironment, { searchAttributes = {} }: Contract): Promise<void> {
  const known = await knownSearchAttributes(server)
  if (known === undefined) return
  const lacking = Object.entries(searchAttributes).filter(([name, type]) => known[name] !== TYPES[type].number)
  if (lacking.length === 0) return
  const namespace = server.namespace ?? 'default'
  const command = lacking.map(([name, type]) => ` --name ${name} --type ${TYPES[type].name}`).join('')
  throw new TypeError(
    `namespace "${namespace}" does not know ${lacking.map(([name, type]) => `the search attribute ${name} of type ${type}`).join(', ')}; ` +
      `add what it lacks: temporal operator search-attribute create --namespace ${namespace}${command}`,
  )
}

/** Numbers of types by name; nothing if the caller may not ask. */
async function knownSearchAttributes({ connection, namespace = 'default' }: TestWorkflowEnvironment): Promise<Record<string, number> | undefined> {
  try {
    return (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes
  } catch (error) {
    if (isGrpcServiceError(error) && [PERMISSION_DENIED, UNIMPLEMENTED].includes(error.code)) return undefined
    throw error
  }
}

/** Codes of gRPC. */
const PERMISSION_DENIED = 7
const UNIMPLEMENTED = 12

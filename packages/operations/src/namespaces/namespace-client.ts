import { msToTs, tsToMs } from '@temporalio/common/lib/time.js'
import type { Change, FoundNamespace } from './diff.ts'
import { ALREADY_EXISTS, hasStatus, NOT_FOUND } from './grpc-status.ts'
import { fromIndexedValueTypes, toIndexedValueTypes } from './search-attribute-types.ts'
import type { NamespaceSpecification } from './specification.ts'
import type { TemporalConnection } from './temporal-connection.ts'

/** What the server has under this name, or nothing. */
export async function findNamespace(temporal: TemporalConnection, namespace: string): Promise<FoundNamespace | undefined> {
  const described = await temporal.call(({ workflowService }) => workflowService.describeNamespace({ namespace })).catch(ignore(NOT_FOUND))
  if (!described) return undefined
  const attributes = await temporal.call(({ operatorService }) => operatorService.listSearchAttributes({ namespace }))
  return {
    description: described.namespaceInfo?.description ?? '',
    retentionSeconds: tsToMs(described.config?.workflowExecutionRetentionTtl) / 1000,
    searchAttributes: fromIndexedValueTypes(attributes.customAttributes),
    systemAttributes: Object.keys(attributes.systemAttributes ?? {}),
  }
}

/** Makes one change. A namespace that somebody else has registered meanwhile is left as it is: the next run compares it. */
export async function applyChange(temporal: TemporalConnection, change: Change): Promise<void> {
  const { namespace } = change
  await temporal.call(async ({ workflowService, operatorService }) => {
    switch (change.kind) {
      case 'register':
        return workflowService
          .registerNamespace({ namespace, description: change.description, workflowExecutionRetentionPeriod: msToTs(change.retentionSeconds * 1000) })
          .catch(ignore(ALREADY_EXISTS))
      case 'update':
        return workflowService.updateNamespace({
          namespace,
          ...(change.description !== undefined && { updateInfo: { description: change.description } }),
          ...(change.retentionSeconds !== undefined && { config: { workflowExecutionRetentionTtl: msToTs(change.retentionSeconds * 1000) } }),
        })
      case 'add-search-attributes':
        return operatorService.addSearchAttributes({ namespace, searchAttributes: toIndexedValueTypes(change.attributes) })
    }
  })
}

/**
 * Resolves when the frontend that answers knows the namespace with all of its search attributes, and rejects otherwise.
 * A frontend keeps namespaces for some seconds; describing one reads the database, so only a query shows what is in use.
 */
export async function checkUsable(
  temporal: TemporalConnection,
  { name: namespace, searchAttributes }: Pick<NamespaceSpecification, 'name' | 'searchAttributes'>,
): Promise<void> {
  const query = Object.keys(searchAttributes)
    .map((attribute) => `\`${attribute}\` IS NULL`)
    .join(' AND ')
  await temporal.call(({ workflowService }) => workflowService.countWorkflowExecutions({ namespace, query }))
}

function ignore(code: number): (error: unknown) => undefined {
  return (error) => {
    if (!hasStatus(error, code)) throw error
    return undefined
  }
}

import type { Logger } from '@sundial/runtime'
import { diff } from './diff.ts'
import { hasStatus, INVALID_ARGUMENT, NOT_FOUND } from './grpc-status.ts'
import { applyChange, checkUsable, findNamespace } from './namespace-client.ts'
import { retry } from './retry.ts'
import type { NamespaceSpecification } from './specification.ts'
import type { TemporalConnection } from './temporal-connection.ts'

interface Waiting {
  readonly logger: Logger
  readonly signal: AbortSignal
}

/** What is wanted and cannot be had, all of it. Nothing was changed. */
export class NamespaceError extends Error {
  override readonly name = 'NamespaceError'
}

/**
 * Makes namespaces and their search attributes as wanted, and waits until they can be used. Running it again changes nothing.
 * Throws a {@link NamespaceError} before the first change when something wanted cannot be.
 *
 * @param waiting `signal` ends it
 */
export async function ensureNamespaces(temporal: TemporalConnection, wanted: readonly NamespaceSpecification[], waiting: Waiting): Promise<void> {
  const { logger } = waiting
  const differences = await Promise.all(wanted.map(async (namespace) => diff(namespace, await findNamespace(temporal, namespace.name))))
  const problems = differences.flatMap((difference) => difference.problems)
  if (problems.length > 0)
    throw new NamespaceError(`nothing was changed, since not everything can be:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  for (const change of differences.flatMap((difference) => difference.changes)) {
    await untilKnown(change.namespace, () => applyChange(temporal, change), waiting)
    logger.info(change, 'changed')
  }
  for (const namespace of wanted) {
    await untilKnown(namespace.name, () => checkUsable(temporal, namespace), waiting)
    logger.info({ namespace: namespace.name }, 'ready')
  }
}

/** Repeats a call while the answer is that the namespace, or an attribute of it, is unknown: each server notices new ones after some seconds. */
async function untilKnown(namespace: string, call: () => Promise<void>, { logger, signal }: Waiting): Promise<void> {
  let told = false
  await retry(signal, call, (error) => {
    if (!hasStatus(error, NOT_FOUND, INVALID_ARGUMENT)) throw error
    if (!told) logger.info({ namespace, reason: String(error) }, 'waiting until the server knows it')
    told = true
  })
}

import type { Logger } from '@sundial/runtime'
import { type Change, diff } from './diff.ts'
import { hasStatus, INVALID_ARGUMENT, NOT_FOUND } from './grpc-status.ts'
import { applyChange, checkUsable, findNamespace } from './namespace-client.ts'
import { retry } from './retry.ts'
import type { NamespaceSpecification } from './specification.ts'
import type { TemporalConnection } from './temporal-connection.ts'

interface Waiting {
  readonly logger: Logger
  readonly signal: AbortSignal
}

/** What is wanted and cannot be had. The message says whether anything was changed. */
export class NamespaceError extends Error {
  override readonly name = 'NamespaceError'
}

/**
 * Makes namespaces and their search attributes as wanted, and waits until they can be used. Running it again changes nothing.
 * Throws a {@link NamespaceError} before the first change when something wanted cannot be, and at the change that the server refuses.
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
    await untilKnown(change.namespace, { notYet: [NOT_FOUND], call: () => applyChange(temporal, change) }, waiting).catch((error: unknown) => {
      throw hasStatus(error, INVALID_ARGUMENT) ? refusal(change, error as Error) : error
    })
    logger.info(change, 'changed')
  }
  for (const namespace of wanted) {
    // The query is our own, so an invalid one says only that an attribute is not known yet.
    await untilKnown(namespace.name, { notYet: [NOT_FOUND, INVALID_ARGUMENT], call: () => checkUsable(temporal, namespace) }, waiting)
    logger.info({ namespace: namespace.name }, 'ready')
  }
}

interface Attempt {
  /** The gRPC status codes that will go away. */
  readonly notYet: readonly number[]
  call(): Promise<void>
}

/** Repeats a call while the answer is that the namespace, or an attribute of it, is unknown: each server notices new ones after some seconds. */
async function untilKnown(namespace: string, { notYet, call }: Attempt, { logger, signal }: Waiting): Promise<void> {
  let told = false
  await retry(signal, call, (error) => {
    if (!hasStatus(error, ...notYet)) throw error
    if (!told) logger.info({ namespace, reason: String(error) }, 'waiting until the server knows it')
    told = true
  })
}

/** The server's own limits, such as how many attributes of a type there may be; it says which in its words. */
function refusal(change: Change, cause: Error): NamespaceError {
  const details = (cause as { details?: unknown }).details
  const what =
    change.kind === 'add-search-attributes'
      ? `the search attributes ${Object.keys(change.attributes).join(', ')} cannot be added`
      : `it cannot be made as wanted`
  return new NamespaceError(
    `${change.namespace}: ${what}: ${typeof details === 'string' ? details : cause.message}; what came before was done, and nothing after`,
    { cause },
  )
}

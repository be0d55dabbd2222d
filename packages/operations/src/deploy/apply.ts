import { isDeepStrictEqual } from 'node:util'
import { SundialError } from '@sundial/platform/errors'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { ApiError } from '../kubernetes/api-error.ts'
import { describe, type Manifest } from '../kubernetes/manifest.ts'
import type { Change } from './deployment.ts'

export interface ApplyResult {
  readonly change: Change
  readonly warnings: readonly string[]
}

/**
 * Applies one object.
 * @throws SundialError `SUN_DEPLOY_FAILED` with what the API server has against it
 */
export async function applyObject(object: Manifest, api: KubernetesApi, options: { readonly dryRun: boolean }): Promise<ApplyResult> {
  try {
    const before = await api.get(object)
    const { object: after, warnings } = await api.apply(object, options)
    const action = before === undefined ? 'created' : isDeepStrictEqual(ownPart(before), ownPart(after)) ? 'unchanged' : 'changed'
    return { change: { action, object }, warnings: warnings.map((text) => `${describe(object)}: ${text}`) }
  } catch (error) {
    throw error instanceof ApiError ? refused(object, error) : error
  }
}

/** What is not the API server's own book-keeping, and not what controllers report. */
function ownPart(object: Manifest): unknown {
  return { ...without(object, ['status']), metadata: without(object.metadata, ['resourceVersion', 'managedFields', 'generation']) }
}

function without(object: object, fields: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !fields.includes(name)))
}

function refused(object: Manifest, error: ApiError): SundialError {
  return new SundialError('SUN_DEPLOY_FAILED', `${describe(object)} was refused: ${error.message}`, {
    hint: 'What was applied before it stays. After the cause is gone, run the same command again.',
    cause: error,
  })
}

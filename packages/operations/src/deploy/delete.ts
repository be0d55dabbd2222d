import { SundialError } from '@sundial/platform/errors'
import type { KubernetesApi } from '../kubernetes/api.ts'
import type { Change, Deployment } from './deployment.ts'
import { removeAll, type RemoveOptions } from './deploy.ts'
import { readInventory } from './inventory.ts'

export interface DeleteOptions extends RemoveOptions {
  readonly accepted: readonly string[]
}

/** The word that accepts that databases go, too. */
const WORD = 'data'

/**
 * Removes everything that was deployed, namespaces and the data in them included.
 * @returns what was removed; empty if nothing was deployed
 * @throws SundialError `SUN_DEPLOY_REFUSED` without the word "data" among the accepted
 */
export async function deleteDeployment(
  place: Pick<Deployment, 'platform' | 'environment' | 'inventoryNamespace'>,
  api: KubernetesApi,
  { accepted, ...options }: DeleteOptions,
): Promise<readonly Change[]> {
  const inventory = await readInventory(place, api)
  if (!inventory) return []
  if (inventory.environment !== place.environment) {
    throw new SundialError('SUN_DEPLOY_REFUSED', `the cluster has the environment ${inventory.environment}, and not ${place.environment}`, {
      hint: `Nothing was removed. Say --environment ${inventory.environment}, or choose another cluster with --context.`,
    })
  }
  if (!accepted.includes(WORD)) {
    throw new SundialError(
      'SUN_DEPLOY_REFUSED',
      `this removes ${inventory.objects.length} objects of ${place.platform} ${place.environment}, its databases with all data included`,
      {
        hint: `Nothing was removed. If it is what you want: --accept-irreversible ${WORD}`,
      },
    )
  }
  await removeAll(inventory.objects, api, options)
  return inventory.objects.map((object) => ({ action: 'removed', object }))
}

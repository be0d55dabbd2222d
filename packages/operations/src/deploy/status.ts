import type { KubernetesApi } from '../kubernetes/api.ts'
import { describe } from '../kubernetes/manifest.ts'
import type { Deployment } from './deployment.ts'
import { hasHealth, healthOf, type Health } from './health.ts'
import { inParallel } from './in-parallel.ts'
import { readInventory } from './inventory.ts'
import { whyPodsWait } from './why-pods-wait.ts'

export interface DeployedObject {
  /** Such as `Deployment temporal-backend/temporal-history`. */
  readonly object: string
  readonly kind: string
  readonly state: Health['state'] | 'missing'
  /** Why it is not ready; empty if it is. */
  readonly why: string
}

export interface DeploymentStatus {
  readonly environment: string
  /** Objects that something can be said of: deployments, jobs, certificates, secrets, databases. */
  readonly objects: readonly DeployedObject[]
}

/** How what was deployed is; undefined if nothing was. */
export async function deploymentStatus(place: Pick<Deployment, 'platform' | 'inventoryNamespace'>, api: KubernetesApi): Promise<DeploymentStatus | undefined> {
  const inventory = await readInventory(place, api)
  if (!inventory) return undefined
  const objects = await inParallel(inventory.objects.filter(hasHealth), async (entry): Promise<DeployedObject> => {
    const live = await api.get(entry)
    const named = { object: describe(entry), kind: entry.kind }
    if (!live) return { ...named, state: 'missing', why: 'it is not there: the deployment did not get to it, or somebody deleted it' }
    const { state, why } = healthOf(live)
    const pods = state === 'ready' ? '' : await whyPodsWait(live, api)
    return { ...named, state, why: [why, pods].filter((part) => part !== '').join('; ') }
  })
  return { environment: inventory.environment, objects }
}

import type { KubernetesApi } from '../kubernetes/api.ts'
import { keyOf, type Manifest, type ManifestReference } from '../kubernetes/manifest.ts'
import { waveOf } from './waves.ts'
import type { Deployment } from './deployment.ts'

/** What was applied, so that what is no longer wanted is found; and what can never change. Kept in the cluster, since several people deploy. */
export interface Inventory {
  readonly environment: string
  readonly fixedSettings: Readonly<Record<string, number>>
  readonly objects: readonly InventoryEntry[]
}

export interface InventoryEntry extends ManifestReference {
  readonly wave: number
}

type Place = Pick<Deployment, 'platform' | 'inventoryNamespace'>

export async function readInventory(place: Place, api: KubernetesApi): Promise<Inventory | undefined> {
  const found = await api.get(shell(place))
  const text = (found?.['data'] as Readonly<Record<string, string>> | undefined)?.['inventory.json']
  return text === undefined ? undefined : (JSON.parse(text) as Inventory)
}

export async function writeInventory(inventory: Inventory, place: Place, api: KubernetesApi): Promise<void> {
  await api.apply({ ...shell(place), data: { 'inventory.json': JSON.stringify(inventory) } })
}

export function entryOf(object: Manifest): InventoryEntry {
  const { apiVersion, kind, metadata } = object
  const { name, namespace } = metadata
  return { apiVersion, kind, metadata: { name, ...(namespace !== undefined && { namespace }) }, wave: waveOf(object) }
}

/** Entries of the first list, and those of the second that are not in the first. */
export function union(one: readonly InventoryEntry[], other: readonly InventoryEntry[]): InventoryEntry[] {
  return [...one, ...without(other, one)]
}

/** Entries of a list that are not in another. */
export function without(entries: readonly InventoryEntry[], others: readonly InventoryEntry[]): InventoryEntry[] {
  const keys = new Set(others.map(keyOf))
  return entries.filter((entry) => !keys.has(keyOf(entry)))
}

function shell({ platform, inventoryNamespace }: Place): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${platform}-inventory`,
      namespace: inventoryNamespace,
      labels: { 'app.kubernetes.io/part-of': platform, 'app.kubernetes.io/managed-by': 'sundial' },
    },
  }
}

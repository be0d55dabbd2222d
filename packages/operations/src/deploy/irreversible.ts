import { SundialError } from '@sundial/platform/errors'
import { describe } from '../kubernetes/manifest.ts'
import type { Deployment } from './deployment.ts'
import type { Inventory, InventoryEntry } from './inventory.ts'

/** Kinds whose objects take data with them when they go. */
const DATA_KINDS = new Set(['Namespace', 'PersistentVolumeClaim', 'Cluster', 'Database', 'Elasticsearch', 'CustomResourceDefinition'])

/** What a deployment would do that nobody can undo. */
interface Irreversible {
  /** The word that accepts it. */
  readonly word: string
  readonly what: string
}

export function holdsData({ kind }: Pick<InventoryEntry, 'kind'>): boolean {
  return DATA_KINDS.has(kind)
}

/** What of a deployment cannot be undone, compared with what the cluster has. */
export function irreversibleChanges(deployment: Deployment, inventory: Inventory, pruned: readonly InventoryEntry[]): readonly Irreversible[] {
  const environment =
    inventory.environment === deployment.environment
      ? []
      : [{ word: 'environment', what: `the cluster has the environment ${inventory.environment}, and this is ${deployment.environment}` }]
  const settings = Object.entries(deployment.fixedSettings).flatMap(([path, value]) => {
    const before = inventory.fixedSettings[path]
    return before === undefined || before === value
      ? []
      : [{ word: path, what: `${path} was ${before} and is ${value} now: it can never be changed once there are data, which would be lost` }]
  })
  const data = pruned.filter(holdsData).map((entry) => ({ word: describe(entry).replace(' ', '/'), what: `${describe(entry)} goes, with its data` }))
  return [...environment, ...settings, ...data]
}

/** @throws SundialError `SUN_DEPLOY_REFUSED` for what was not accepted by its word */
export function requireAccepted(changes: readonly Irreversible[], accepted: readonly string[]): void {
  const refused = changes.filter(({ word }) => !accepted.includes(word))
  if (refused.length === 0) return
  throw new SundialError('SUN_DEPLOY_REFUSED', `this cannot be undone:\n${refused.map(({ what }) => `  ${what}`).join('\n')}`, {
    hint: `Nothing was changed. If it is what you want: ${refused.map(({ word }) => `--accept-irreversible ${word}`).join(' ')}`,
  })
}

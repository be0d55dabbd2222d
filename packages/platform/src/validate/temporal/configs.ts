import { configFiles, type ConfigFile } from '../config-files.ts'
import type { Cursor } from '../cursor.ts'
import type { Pods } from '../pods.ts'
import type { Tree } from '../tree.ts'

/** A static configuration of Temporal's server. */
export interface TemporalConfig {
  readonly config: Cursor
  /** Who reads it; nobody, if nothing mounts it. */
  readonly pods?: Pods
}

/** Every file that looks like one, once for each that reads it. */
export function temporalConfigs(tree: Tree): TemporalConfig[] {
  return temporalFiles(tree).flatMap(({ content, readers }) =>
    readers.length === 0 ? [{ config: content }] : readers.map((pods) => ({ config: content, pods })),
  )
}

export function temporalFiles(tree: Tree): ConfigFile[] {
  return configFiles(tree).filter(({ content }) => content.get('persistence').exists && (content.get('services').exists || content.get('global').exists))
}

/** Stores in SQL databases, by what they are for. */
export function sqlStores(config: Cursor): Cursor[] {
  const persistence = config.get('persistence')
  const used = new Set(['defaultStore', 'visibilityStore', 'secondaryVisibilityStore'].map((key) => persistence.get(key).text))
  return persistence.get('datastores').entries.flatMap(([name, store]) => (used.has(name) && store.get('sql').exists ? [store.get('sql')] : []))
}

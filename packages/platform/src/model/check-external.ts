import { joinPath, type Diagnostic } from './diagnostics.ts'
import { isRecord } from './record.ts'

interface ExternalSystem {
  readonly title: string
  /** Settings of what is not run here. */
  readonly meaningless: readonly string[]
}

/** The systems that others may run, by their setting. */
const SYSTEMS: Readonly<Record<string, ExternalSystem>> = {
  postgresql: { title: 'PostgreSQL', meaningless: ['settings'] },
  temporal: { title: 'Temporal', meaningless: ['historyShards', 'logLevel', 'connectionPool', 'visibility', 'replicas', 'dynamicConfig'] },
  elasticsearch: { title: 'Elasticsearch', meaningless: ['heapMebibytes', 'security', 'port'] },
  identity: { title: 'the identity provider', meaningless: ['tokenLifetimeSeconds', 'users'] },
  webUi: { title: 'the Web UI', meaningless: ['enabled', 'port'] },
}

/**
 * Settings of a system that is not run here. They are told where they were written beside, or over, the `external` that takes their meaning away.
 * Settings of the common part under an environment's `external` are fine: they are for the other environments.
 *
 * @param layers what is laid over each other, the common part first
 */
export function checkExternal(layers: readonly unknown[]): Diagnostic[] {
  return Object.entries(SYSTEMS).flatMap(([system, { title, meaningless }]) => {
    let isExternal = false
    return layers.flatMap((layer, index) => {
      const settings = isRecord(layer) ? layer[system] : undefined
      if (!isRecord(settings)) return []
      if (settings['external'] !== undefined) isExternal = settings['external'] !== null
      // Reported once, for the layer that is looked at.
      if (!isExternal || index < layers.length - 1) return []
      const found = meaningless.filter((name) => settings[name] !== undefined)
      return found.map((name) => ({
        path: joinPath([system, name]),
        message: `means nothing: ${system}.external says that others run ${title}`,
        hint: `remove it, or move it to an environment that runs ${title} here, with ${system}.external: null`,
      }))
    })
  })
}

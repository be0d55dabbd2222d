import type { Platform } from '../../model/platform.ts'
import { TEMPORAL_ROLES, type TemporalRole } from '../../model/settings/temporal-copies.ts'
import type { ConfigTree } from '../../model/workload.ts'

/** Ours where the server's defaults do not fit. */
const DEFAULTS = {
  // Membership too is for the server's own processes only: the ring asks for certificates of `internode`.
  'system.enableRingpopTLS': true,
  // It would call the outside.
  'frontend.enableServerVersionCheck': false,
} as const

/**
 * With Elasticsearch each process keeps the search attributes of the cluster for a minute: for as long, workflows of a first start would stand
 * still at the first attribute that they set. Reading them anew each time costs a laptop little; Temporal advises against it in production.
 */
const FRESH_ATTRIBUTES = { 'system.forceSearchAttributesCacheRefreshOnRead': true } as const

/** For a role that is rolled one copy after the other: every drain is 0 s by default. One copy alone has nobody to hand over to. */
function handover(role: TemporalRole, { noticeSeconds, alignSeconds }: Platform['temporal']['handover']): Record<string, string> {
  const frontend = { 'frontend.shutdownDrainDuration': '2s', 'frontend.shutdownFailHealthCheckDuration': `${noticeSeconds}s` }
  const settings: Record<TemporalRole, Record<string, string>> = {
    frontend,
    'internal-frontend': frontend,
    history: { 'history.alignMembershipChange': `${alignSeconds}s` },
    matching: { 'matching.alignMembershipChange': `${alignSeconds}s` },
    worker: {},
  }
  return settings[role]
}

/** Where namespaces and search attributes come and go by the minute: they are known at once, for a read of the database each time. */
const DEVELOPMENT = {
  'system.namespaceCacheRefreshInterval': '500ms',
  'system.forceSearchAttributesCacheRefreshOnRead': true,
} as const

/** The file's form: each key has a list of values with constraints. */
export function dynamicConfig(platform: Platform): ConfigTree {
  const { temporal, environment } = platform
  const handovers = TEMPORAL_ROLES.filter((role) => temporal.replicas[role] > 1).map((role) => handover(role, temporal.handover))
  const settings: Record<string, string | number | boolean> = Object.assign(
    {},
    DEFAULTS,
    environment === 'development' && DEVELOPMENT,
    temporal.visibility === 'elasticsearch' && environment === 'development' && FRESH_ATTRIBUTES,
    ...handovers,
    temporal.dynamicConfig,
  )
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, [{ value }]]))
}

import type { Platform } from '../../model/platform.ts'
import type { ConfigTree } from '../../model/workload.ts'

/** Ours where the server's defaults do not fit. */
const DEFAULTS = {
  // Membership too is for the server's own processes only: the ring asks for certificates of `internode`.
  'system.enableRingpopTLS': true,
  // It would call the outside.
  'frontend.enableServerVersionCheck': false,
} as const

/** For a cluster that is rolled one copy after the other: every drain is 0 s by default. One copy alone has nobody to hand over to. */
const HANDOVER = {
  'frontend.shutdownDrainDuration': '2s',
  'frontend.shutdownFailHealthCheckDuration': '10s',
  'history.alignMembershipChange': '10s',
  'matching.alignMembershipChange': '10s',
} as const

/** The file's form: each key has a list of values with constraints. */
export function dynamicConfig(platform: Platform): ConfigTree {
  const settings = { ...DEFAULTS, ...(platform.temporal.replicas > 1 && HANDOVER), ...platform.temporal.dynamicConfig }
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, [{ value }]]))
}

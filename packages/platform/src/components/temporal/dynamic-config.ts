import type { Platform } from '../../model/platform.ts'
import type { ConfigTree } from '../../model/workload.ts'

/** Ours where the server's defaults do not fit a cluster that is rolled: every drain is 0 s there. */
const DEFAULTS = {
  'frontend.shutdownDrainDuration': '2s',
  'history.alignMembershipChange': '1s',
  'matching.alignMembershipChange': '1s',
  'frontend.enableServerVersionCheck': false,
  'system.enableEagerWorkflowStart': true,
} as const

/** The file's form: each key has a list of values with constraints. */
export function dynamicConfig(platform: Platform): ConfigTree {
  const settings = { ...DEFAULTS, ...platform.temporal.dynamicConfig }
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, [{ value }]]))
}

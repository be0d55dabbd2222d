import type { Diagnostic } from '../../model/diagnostics.ts'
import { workloadsOf, type Plan } from '../../model/plan.ts'
import type { Platform } from '../../model/platform.ts'
import type { Workload } from '../../model/workload.ts'
import { TEMPORAL } from './names.ts'
import { ROLES } from './roles.ts'
import { visibilityStore } from './visibility.ts'

/** Connections for applications, jobs and people. */
const KEPT_FOR_OTHERS = 20

/** Connections to PostgreSQL that one copy of a workload may open as a server of Temporal; nothing if it is none. */
export function serverPool({ component, name }: Pick<Workload, 'component' | 'name'>, platform: Platform): number | undefined {
  if (component !== TEMPORAL || !SERVERS.has(name)) return undefined
  return platform.temporal.connectionPool.main + visibilityStore(platform).connections
}

const SERVERS: ReadonlySet<string> = new Set(Object.values(ROLES).map(({ workload }) => workload))

/** Each server process has a pool for each store: together they must not need more than the database gives. */
export function checkConnectionBudget(plan: Plan): Diagnostic[] {
  const { postgresql, temporal } = plan.platform
  const { main } = temporal.connectionPool
  const visibility = visibilityStore(plan.platform).connections
  const servers = workloadsOf(plan).filter(({ component, name }) => component === TEMPORAL && SERVERS.has(name))
  const processes = servers.reduce((sum, { scale }) => sum + scale.replicas, 0)
  const pools = processes * (main + visibility)
  const needed = pools + KEPT_FOR_OTHERS
  if (needed <= postgresql.maxConnections) return []
  const message = `is ${postgresql.maxConnections}, but Temporal's pools may open ${pools} (${processes} processes × (${main} + ${visibility})), and ${KEPT_FOR_OTHERS} are kept for others`
  return [{ path: 'postgresql.maxConnections', message, hint: `raise it to at least ${needed}, or make temporal.connectionPool smaller` }]
}

import type { Diagnostic } from '../../model/diagnostics.ts'
import { workloadsOf, type Plan } from '../../model/plan.ts'
import { TEMPORAL } from './names.ts'
import { ROLES } from './roles.ts'
import { visibilityStore } from './visibility.ts'

/** Connections for applications, jobs and people. */
const KEPT_FOR_OTHERS = 20

/** Each server process has a pool for each store: together they must not need more than the database gives. */
export function checkConnectionBudget(plan: Plan): Diagnostic[] {
  const { postgresql, temporal } = plan.platform
  const { main } = temporal.connectionPool
  const visibility = visibilityStore(plan.platform).connections
  const names = new Set(Object.values(ROLES).map(({ workload }) => workload))
  const servers = workloadsOf(plan).filter(({ component, name }) => component === TEMPORAL && names.has(name))
  const processes = servers.reduce((sum, { scale }) => sum + scale.replicas, 0)
  const pools = processes * (main + visibility)
  const needed = pools + KEPT_FOR_OTHERS
  if (needed <= postgresql.maxConnections) return []
  const message = `is ${postgresql.maxConnections}, but Temporal's pools may open ${pools} (${processes} processes × (${main} + ${visibility})), and ${KEPT_FOR_OTHERS} are kept for others`
  return [{ path: 'postgresql.maxConnections', message, hint: `raise it to at least ${needed}, or make temporal.connectionPool smaller` }]
}

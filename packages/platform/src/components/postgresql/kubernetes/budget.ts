import type { Diagnostic } from '../../../model/diagnostics.ts'
import { callsOf } from '../../../model/parties.ts'
import { workloadsOf } from '../../../model/plan.ts'
import type { Workload } from '../../../model/workload.ts'
import type { Cluster } from '../../../targets/kubernetes/kit.ts'
import { serverPool } from '../../temporal/connection-budget.ts'
import { POSTGRESQL } from '../names.ts'

/** A pool of node-postgres, unless its program says otherwise. */
const APPLICATION_POOL = 10
/** A job opens few, and another try may come while they are not closed yet. */
const JOB_POOL = 4
/** PostgreSQL keeps three for superusers; the operator's instance manager and its metrics take some of all. */
const OPERATORS_OWN = 10

interface Share {
  readonly name: string
  readonly copies: number
  readonly each: number
}

/**
 * Connections at the worst moment: every workload with as many copies as load may add, and one more while it is rolled, since in a cluster a new copy is
 * there before an old one goes.
 */
export function checkConnections({ plan }: Cluster): Diagnostic[] {
  const { maxConnections } = plan.platform.postgresql
  const shares = workloadsOf(plan)
    .filter((workload) => workload.runs !== 'task' && callsOf(workload).some(({ party }) => party === POSTGRESQL))
    .map((workload): Share => ({ name: workload.name, ...shareOf(workload, plan.platform) }))
  const needed = shares.reduce((sum, { copies, each }) => sum + copies * each, OPERATORS_OWN)
  if (needed <= maxConnections) return []
  const largest = shares.toSorted((a, b) => b.copies * b.each - a.copies * a.each).slice(0, 3)
  const most = largest.map(({ name, copies, each }) => `${name} ${copies} × ${each}`).join(', ')
  return [
    {
      path: 'postgresql.maxConnections',
      message: `is ${maxConnections}, but ${needed} may be open while copies are replaced (${most}, …, and ${OPERATORS_OWN} of the operator)`,
      hint: `raise it to at least ${needed}, or make temporal.connectionPool or the numbers of copies smaller`,
    },
  ]
}

function shareOf(workload: Workload, platform: Cluster['plan']['platform']): Omit<Share, 'name'> {
  if (workload.runs === 'job') return { copies: 1, each: JOB_POOL }
  const { replicas, upTo } = workload.scale
  return { copies: Math.max(replicas, upTo?.copies ?? 0) + 1, each: serverPool(workload, platform) ?? APPLICATION_POOL }
}

import type { Cursor } from '../cursor.ts'
import { nameOf } from '../object-names.ts'
import { mostReplicas, surge } from '../replicas.ts'
import type { Rule } from '../rule.ts'
import { destinationOf } from '../services.ts'
import { sqlStores, temporalConfigs } from '../temporal/configs.ts'
import type { Tree } from '../tree.ts'

/** PostgreSQL's own default. */
const DEFAULT_CONNECTIONS = 100

interface Pool {
  readonly cluster: Cursor
  readonly sql: Cursor
  readonly who: string
  readonly processes: number
}

function pools(tree: Tree): Pool[] {
  return temporalConfigs(tree).flatMap(({ config, pods }) =>
    sqlStores(config).flatMap((sql) => {
      const host = sql.get('connectAddr').text?.replace(/:\d+$/, '') ?? ''
      const cluster = pods && destinationOf(tree, host, pods.namespace)?.operated
      return cluster ? [{ cluster, sql, who: nameOf(pods.owner), processes: mostReplicas(tree, pods.owner) + surge(pods.owner) }] : []
    }),
  )
}

export const connectionBudget: Rule = {
  id: 'connection-budget',
  meaning:
    'PostgreSQL gives as many connections as all pools of Temporal may open together: pools × copies at their most, and one more of each while it is replaced.',
  why: 'The server’s processes get "too many clients", and shards are lost under load, at the worst time.',
  severity: 'error',
  *check(tree) {
    const all = pools(tree)
    for (const { sql } of all)
      if (!sql.get('maxConns').number)
        yield sql.get('maxConns').problem('is not set: each process opens as many connections as it likes', 'Write a number, such as 20.')
    for (const cluster of new Set(all.map((pool) => pool.cluster))) {
      const own = all.filter((pool) => pool.cluster === cluster)
      const needed = own.reduce((sum, { sql, processes }) => sum + (sql.get('maxConns').number ?? 0) * processes, 0)
      const maximum = cluster.get('spec', 'postgresql', 'parameters', 'max_connections')
      const given = Number(maximum.value ?? DEFAULT_CONNECTIONS)
      if (needed <= given) continue
      const parts = [...new Set(own.map(({ who }) => who))].map((who) => {
        const mine = own.filter((pool) => pool.who === who)
        return `${who}: ${mine[0]?.processes} × ${mine.reduce((sum, { sql }) => sum + (sql.get('maxConns').number ?? 0), 0)}`
      })
      yield maximum.problem(
        `is ${given}, and Temporal’s pools may open ${needed} (${parts.join(', ')})`,
        `Raise it to ${needed} and some for others, or make maxConns smaller.`,
      )
    }
  },
}

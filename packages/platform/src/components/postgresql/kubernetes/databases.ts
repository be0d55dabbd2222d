import type { Database } from '../../../model/resources.ts'
import { type Cluster, type KubernetesObject, ours } from '../../../targets/kubernetes/kit.ts'
import { MAIN_DATABASE } from '../../temporal/names.ts'
import { POSTGRESQL } from '../names.ts'
import { NAMESPACE } from './names.ts'

/** The database that a new cluster is made with. Always the same one: what a cluster began with never changes. */
export function firstDatabase({ plan: { databases } }: Cluster): Database | undefined {
  return databases.find(({ name }) => name === MAIN_DATABASE) ?? databases[0]
}

/** Each owner once, with the secret of its password. */
export function owners({ plan: { databases } }: Cluster): readonly (readonly [owner: string, secret: string])[] {
  return [...new Map(databases.map(({ owner, secret }) => [owner, secret]))]
}

/** A database that is taken out of the plan stays: nothing that keeps data is removed by a change of text. */
export function databaseObjects(cluster: Cluster): KubernetesObject[] {
  return cluster.plan.databases.map(({ name, owner, extensions }) =>
    ours(cluster, {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Database',
      metadata: { name: `${POSTGRESQL}-${name.replaceAll('_', '-')}`, namespace: NAMESPACE },
      spec: {
        cluster: { name: POSTGRESQL },
        name,
        owner,
        ensure: 'present',
        databaseReclaimPolicy: 'retain',
        ...(extensions.length > 0 && { extensions: extensions.map((extension) => ({ name: extension, ensure: 'present' })) }),
      },
    }),
  )
}

/**
 * Who may log in where, before the operator's own last rule, which would let every role into every database, with or without TLS.
 * The operator and the servers among themselves come in by rules before these.
 */
export function accessRules({ plan: { databases } }: Cluster): string[] {
  // In quotes, so that a database called "all" is no other word for every database.
  return [...databases.map(({ name, owner }) => `hostssl "${name}" "${owner}" all scram-sha-256`), 'host all all all reject']
}

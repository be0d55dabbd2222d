import type { Diagnostic } from '../../model/diagnostics.ts'
import type { Plan } from '../../model/plan.ts'
import type { Platform } from '../../model/platform.ts'
import type { Database } from '../../model/resources.ts'
import type { Call, ConfigTree, Workload } from '../../model/workload.ts'
import { searchClient } from '../elasticsearch/access.ts'
import { ELASTICSEARCH } from '../elasticsearch/names.ts'
import { POSTGRESQL } from '../postgresql/names.ts'
import { DATABASE_OWNER, DATABASE_SECRET, VISIBILITY_DATABASE } from './names.ts'
import { schemaJob } from './schema-job.ts'
import { sqlDatastore } from './sql-datastore.ts'
import { visibilityIndexJob } from './visibility-index-job.ts'

/** What the choice of a visibility store decides. The server takes one: SQL beside Elasticsearch is refused. */
export interface VisibilityStore {
  readonly datastore: ConfigTree
  /** Every process of the server opens the store. */
  readonly call: Call
  /** Must be completed before the server starts. */
  readonly job: Workload
  readonly databases: readonly Database[]
  /** PostgreSQL connections of each process. */
  readonly connections: number
}

export function visibilityStore(platform: Platform): VisibilityStore {
  return platform.temporal.visibility === 'elasticsearch' ? inElasticsearch(platform) : inPostgresql(platform)
}

function inPostgresql(platform: Platform): VisibilityStore {
  const connections = platform.temporal.connectionPool.visibility
  return {
    datastore: sqlDatastore(platform, VISIBILITY_DATABASE, connections),
    call: { party: POSTGRESQL, port: 'sql' },
    job: schemaJob('visibility', platform),
    // btree_gin is made beforehand, since the visibility schema needs it and its role may not.
    databases: [{ name: VISIBILITY_DATABASE, owner: DATABASE_OWNER, secret: DATABASE_SECRET, extensions: ['btree_gin'] }],
    connections,
  }
}

function inElasticsearch(platform: Platform): VisibilityStore {
  return {
    datastore: {
      elasticsearch: {
        // The protocol's version, which OpenSearch and Elasticsearch 7 and 8 speak.
        version: 'v7',
        ...searchClient(platform),
        indices: { visibility: platform.elasticsearch.index },
        // The client's own log: each failed request is in the server's log already.
        logLevel: 'error',
        closeIdleConnectionsInterval: '15s',
        // Sniffing and health checks are for clusters of many nodes behind no address of their own.
        enableSniff: false,
        enableHealthcheck: false,
      },
    },
    call: { party: ELASTICSEARCH, port: 'http' },
    job: visibilityIndexJob(platform),
    databases: [],
    connections: 0,
  }
}

/** In PostgreSQL a namespace has search attributes of its own; in Elasticsearch they are fields of one index for all. */
export function checkSearchAttributes({ platform }: Plan): Diagnostic[] {
  if (platform.temporal.visibility !== 'elasticsearch') return []
  const known = new Map<string, { application: string; type: string }>()
  return Object.entries(platform.applications).flatMap(([application, { contract }]) =>
    Object.entries(contract.searchAttributes ?? {}).flatMap(([name, type]) => {
      const first = known.get(name)
      if (!first) known.set(name, { application, type })
      if (!first || first.type === type) return []
      return [
        {
          path: `applications.${application}.contract.searchAttributes.${name}`,
          message: `is ${type}, and ${first.type} in "${first.application}"; in Elasticsearch all namespaces share one index, where a name has one type`,
          hint: 'rename one of them, or use the visibility store postgresql',
        },
      ]
    }),
  )
}

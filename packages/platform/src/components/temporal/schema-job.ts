import { temporalCapabilities } from '../../model/versions.ts'
import type { Platform } from '../../model/platform.ts'
import { databaseLogin } from '../../model/database-login.ts'
import { endpoint, secret } from '../../model/values.ts'
import type { Workload } from '../../model/workload.ts'
import { workload } from '../component.ts'
import { databaseTls } from '../postgresql/access.ts'
import { POSTGRESQL } from '../postgresql/names.ts'
import { DATABASE_OWNER, DATABASE_SECRET, MAIN_DATABASE, TEMPORAL, VISIBILITY_DATABASE } from './names.ts'

const SCHEMAS = {
  main: { name: 'temporal-schema', database: MAIN_DATABASE, schema: 'postgresql/v12/temporal' },
  visibility: { name: 'temporal-visibility-schema', database: VISIBILITY_DATABASE, schema: 'postgresql/v12/visibility' },
} as const

export type SchemaStore = keyof typeof SCHEMAS

export function schemaJobName(store: SchemaStore): string {
  return SCHEMAS[store].name
}

/** Brings one store to the schema that this server version checks at its start. Safe to run again. */
export function schemaJob(store: SchemaStore, platform: Platform): Workload {
  const { name, database, schema } = SCHEMAS[store]
  const tls = databaseTls(platform)
  const login = databaseLogin(platform, { name: database, owner: DATABASE_OWNER })
  const target = temporalCapabilities(platform.versions.temporal).schema[store]
  return workload({
    name,
    component: TEMPORAL,
    area: 'backend',
    runs: 'job',
    ...(!platform.postgresql.external && { lasting: true }),
    description: `Brings the database ${login.database} to schema ${target}`,
    program: { kind: 'released', name: 'temporal', version: platform.versions.temporal, command: 'temporal-sql-tool' },
    // Version 0.0 makes the version tables, and is skipped where they are.
    init: [{ name: 'setup', args: ['setup-schema', '--version', '0.0'] }],
    args: ['update-schema', '--schema-name', schema, '--version', target],
    env: {
      SQL_PLUGIN: 'postgres12_pgx',
      SQL_HOST: endpoint(POSTGRESQL, 'sql', 'host'),
      SQL_PORT: endpoint(POSTGRESQL, 'sql', 'port'),
      SQL_DATABASE: login.database,
      SQL_USER: login.user,
      SQL_PASSWORD: secret(DATABASE_SECRET, 'password'),
      SQL_TLS: tls ? 'true' : 'false',
      ...(tls && tls.caFile && { SQL_TLS_CA_FILE: tls.caFile }),
    },
    calls: [{ party: POSTGRESQL, port: 'sql' }],
    needs: [{ party: POSTGRESQL, until: 'ready' }],
  })
}

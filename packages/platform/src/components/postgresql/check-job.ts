import { databaseLogin } from '../../model/database-login.ts'
import type { Platform } from '../../model/platform.ts'
import type { Database } from '../../model/resources.ts'
import { configFile, endpoint, secretFile } from '../../model/values.ts'
import type { ConfigTree, Workload } from '../../model/workload.ts'
import { workload } from '../component.ts'
import { databaseTls } from './access.ts'
import { CHECK_JOB, POSTGRESQL } from './names.ts'

/** Finds out whether an external server is as the platform needs it, before anything uses it. */
export function checkJob(platform: Platform, databases: readonly Database[]): Workload {
  return workload({
    name: CHECK_JOB,
    component: POSTGRESQL,
    area: 'backend',
    runs: 'job',
    description: 'Checks that PostgreSQL can be reached, and that roles and databases are there',
    program: { kind: 'node', module: '@sundial/operations/postgresql-check' },
    args: [configFile('check.json')],
    files: { 'check.json': { format: 'json', content: settings(platform, databases) } },
    calls: [{ party: POSTGRESQL, port: 'sql' }],
  })
}

function settings(platform: Platform, databases: readonly Database[]): ConfigTree {
  return {
    host: endpoint(POSTGRESQL, 'sql', 'host'),
    port: endpoint(POSTGRESQL, 'sql', 'port'),
    tls: databaseTls(platform),
    // The oldest that the platform is tested with.
    minimumMajor: Number(platform.versions.postgresql),
    maxConnections: platform.postgresql.maxConnections,
    databases: databases.map((database) => ({
      ...databaseLogin(platform, database),
      passwordFile: secretFile(database.secret, 'password'),
      extensions: database.extensions,
    })),
  }
}

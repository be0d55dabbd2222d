import type { Diagnostic } from '../../model/diagnostics.ts'
import type { Plan } from '../../model/plan.ts'
import type { Database } from '../../model/resources.ts'
import type { ManagedService } from '../../model/parties.ts'
import { endpoint, secret, trustBundle, type Value } from '../../model/values.ts'
import type { Component } from '../component.ts'

export const POSTGRESQL = 'postgresql'
/** The superuser; only jobs that make databases use it. */
export const SUPERUSER_SECRET = 'postgresql-superuser'

export const postgresql: Component = {
  name: POSTGRESQL,
  contribute() {
    const service: ManagedService = {
      kind: 'managed',
      name: POSTGRESQL,
      component: POSTGRESQL,
      area: 'backend',
      description: 'Stores workflows, visibility and the data of applications',
      ports: { sql: { number: 5432, protocol: 'postgresql', tls: { domain: 'database', mutual: false, serverName: POSTGRESQL }, authentication: 'password' } },
      certificates: [{ domain: 'database', usages: ['server'], address: true }],
    }
    return { parties: [service], secrets: [{ name: SUPERUSER_SECRET, keys: { password: 'password' } }], check: checkDatabaseNames }
  },
}

/** PostgreSQL's own: a role of the superuser's name would take the superuser's rights away. */
const RESERVED = /^(postgres|template[01]|pg_.*)$/

function checkDatabaseNames({ databases }: Plan): Diagnostic[] {
  return databases.flatMap(({ name, owner }) =>
    [...new Set([name, owner])]
      .filter((identifier) => RESERVED.test(identifier))
      .map((path) => ({ path, message: 'is a name of PostgreSQL’s own', hint: 'rename the application' })),
  )
}

/** How any libpq-style client reaches a database of its own, in PostgreSQL's own variables. */
export function libpqEnvironment(database: Pick<Database, 'name' | 'owner' | 'secret'>): Record<string, Value> {
  return {
    PGHOST: endpoint(POSTGRESQL, 'sql', 'host'),
    PGPORT: endpoint(POSTGRESQL, 'sql', 'port'),
    PGDATABASE: database.name,
    PGUSER: database.owner,
    PGPASSWORD: secret(database.secret, 'password'),
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: trustBundle('database').caFile,
  }
}

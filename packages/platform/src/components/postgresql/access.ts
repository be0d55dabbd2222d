import { databaseLogin } from '../../model/database-login.ts'
import { tlsFiles } from '../../model/external.ts'
import type { Platform } from '../../model/platform.ts'
import type { Database } from '../../model/resources.ts'
import { endpoint, secret, trustBundle, type PathReference, type Value } from '../../model/values.ts'
import { POSTGRESQL } from './names.ts'

/** TLS with the server, as a client needs it. `false`: none. Without `caFile`: what the machine trusts. */
export function databaseTls({ postgresql: { external } }: Platform): false | { readonly caFile?: PathReference } {
  if (!external) return trustBundle('database')
  return external.tls && tlsFiles(POSTGRESQL, external.tls)
}

/** How any libpq-style client reaches a database of its own, in PostgreSQL's own variables. */
export function libpqEnvironment(platform: Platform, database: Pick<Database, 'name' | 'owner' | 'secret'>): Record<string, Value> {
  const tls = databaseTls(platform)
  const login = databaseLogin(platform, database)
  return {
    PGHOST: endpoint(POSTGRESQL, 'sql', 'host'),
    PGPORT: endpoint(POSTGRESQL, 'sql', 'port'),
    PGDATABASE: login.database,
    PGUSER: login.user,
    PGPASSWORD: secret(database.secret, 'password'),
    PGSSLMODE: tls ? 'verify-full' : 'disable',
    ...(tls && tls.caFile && { PGSSLROOTCERT: tls.caFile }),
  }
}

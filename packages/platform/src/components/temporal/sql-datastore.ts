import { databaseLogin } from '../../model/database-login.ts'
import type { Platform } from '../../model/platform.ts'
import { endpoint, secret } from '../../model/values.ts'
import type { ConfigTree } from '../../model/workload.ts'
import { databaseTls } from '../postgresql/access.ts'
import { POSTGRESQL } from '../postgresql/names.ts'
import { DATABASE_OWNER, DATABASE_SECRET } from './names.ts'

/** One store of the server in PostgreSQL. `postgres12_pgx` needs one round trip a statement where `postgres12` needs two. */
export function sqlDatastore(platform: Platform, name: string, maxConns: number): ConfigTree {
  const protection = databaseTls(platform)
  const { database, user } = databaseLogin(platform, { name, owner: DATABASE_OWNER })
  return {
    sql: {
      pluginName: 'postgres12_pgx',
      databaseName: database,
      connectAddr: endpoint(POSTGRESQL, 'sql'),
      connectProtocol: 'tcp',
      user,
      password: secret(DATABASE_SECRET, 'password'),
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
      tls: protection ? { enabled: true, enableHostVerification: true, ...protection } : { enabled: false },
    },
  }
}

import type { Platform } from './platform.ts'
import type { Database, Secret } from './resources.ts'

/** A database as its server knows it. */
export interface DatabaseLogin {
  readonly database: string
  readonly user: string
}

/** What a database and its owner are called on the server: on an external one, as the settings say. */
export function databaseLogin({ postgresql }: Platform, { name, owner }: Pick<Database, 'name' | 'owner'>): DatabaseLogin {
  const mapped = postgresql.external?.databases[name]
  return { database: mapped?.name ?? name, user: mapped?.user ?? owner }
}

/** The password of a database's owner: made here, or given with an external server. */
export function databasePassword(platform: Platform, database: Pick<Database, 'name' | 'owner' | 'secret'>): Secret {
  if (!platform.postgresql.external) return { name: database.secret, keys: { password: 'password' } }
  const { user } = databaseLogin(platform, database)
  return { name: database.secret, keys: { password: 'given' }, about: { password: `the password of ${user} in PostgreSQL` } }
}

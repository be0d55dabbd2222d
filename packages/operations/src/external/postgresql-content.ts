import pg from 'pg'
import type { DatabaseSettings, PostgresqlSettings } from './postgresql-settings.ts'

interface Facts {
  readonly version: number
  readonly connections: number
  readonly extensions: readonly string[]
  /** In words of the server, such as `en_US.UTF-8` encodings: `UTF8`. */
  readonly encoding: string
  readonly may_create: boolean
}

const QUESTION = `SELECT
  current_setting('server_version_num')::int / 10000 AS version,
  current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS connections,
  ARRAY(SELECT extname::text FROM pg_extension) AS extensions,
  current_setting('server_encoding') AS encoding,
  has_schema_privilege('public', 'CREATE') AS may_create`

/** What is wrong with a database that can be logged in to. */
export async function contentProblems(client: pg.Client, { minimumMajor, maxConnections }: PostgresqlSettings, wanted: DatabaseSettings): Promise<string[]> {
  const { database, user, extensions } = wanted
  const { rows } = await client.query<Facts>(QUESTION)
  const [facts] = rows
  if (!facts) throw new Error(`PostgreSQL answered nothing about the database ${database}`)
  const name = pg.escapeIdentifier(database)
  return [
    ...(facts.version < minimumMajor
      ? [`it is version ${facts.version}, and the platform needs ${minimumMajor} or newer: upgrade it, or use another server`]
      : []),
    ...(facts.connections < maxConnections
      ? [
          `it lets ${facts.connections} connections in, and postgresql.maxConnections says ${maxConnections}: raise max_connections on the server, or write postgresql.maxConnections: ${facts.connections} or less, against which the plan checks the pools`,
        ]
      : []),
    ...(facts.encoding === 'UTF8' ? [] : [`the database ${database} has the encoding ${facts.encoding}: make it anew with ENCODING 'UTF8' TEMPLATE template0`]),
    ...(facts.may_create
      ? []
      : [
          `${user} may not make tables in the database ${database}. As an administrator, in that database: ALTER SCHEMA public OWNER TO ${pg.escapeIdentifier(user)}`,
        ]),
    ...extensions
      .filter((extension) => !facts.extensions.includes(extension))
      .map(
        (extension) =>
          `the database ${database} lacks the extension ${extension}. In psql, as an administrator: \\connect ${name}, then CREATE EXTENSION ${pg.escapeIdentifier(extension)}`,
      ),
  ]
}

import { readFileSync } from 'node:fs'
import type { SettingsReader } from '@sundial/runtime'
import type { ClientConfig } from 'pg'

/** Where the orders database is, and as whom to log in. */
export type DatabaseSettings = Required<Pick<ClientConfig, 'host' | 'port' | 'database' | 'user' | 'password' | 'ssl'>>

/**
 * Reads PostgreSQL's own variables: PGHOST, PGPORT (default 5432), PGDATABASE, PGUSER, PGPASSWORD, PGSSLMODE (`verify-full`, which is the default,
 * or `disable`) and PGSSLROOTCERT (default: the roots of Node). The other modes of libpq encrypt without knowing for whom, so they are refused.
 */
export function readDatabaseSettings(reader: SettingsReader): DatabaseSettings {
  return {
    host: reader.text('PGHOST'),
    port: reader.number('PGPORT', { default: 5432, min: 1, max: 65_535 }),
    database: reader.text('PGDATABASE'),
    user: reader.text('PGUSER'),
    password: reader.text('PGPASSWORD'),
    ssl: readTls(reader),
  }
}

function readTls(reader: SettingsReader): false | { ca?: string } {
  const mode = reader.optional('PGSSLMODE') ?? 'verify-full'
  if (mode === 'disable') return false
  if (mode !== 'verify-full') reader.problem(`PGSSLMODE is "${mode}"; write verify-full, or disable for a database on this machine`)
  if (reader.optional('PGSSLROOTCERT') === undefined) return {}
  const path = reader.readableFile('PGSSLROOTCERT')
  return path === undefined ? {} : { ca: readFileSync(path, 'utf8') }
}

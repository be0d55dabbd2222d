import type { Logger } from '@sundial/runtime'
import { Client } from 'pg'
import type { Migration } from './migration-files.ts'
import { migrate, type MigrationResult } from './migrations.ts'
import type { DatabaseSettings } from './settings.ts'

/** How long to wait for a connection, in milliseconds. */
const CONNECT_MS = 10_000

/** {@link migrate} on a connection of its own. Rejects with what went wrong first, also when the connection breaks on the way. */
export async function migrateDatabase(settings: DatabaseSettings, migrations: readonly Migration[], logger: Logger): Promise<MigrationResult> {
  const client = new Client({ ...settings, application_name: 'orders-migrate', connectionTimeoutMillis: CONNECT_MS })
  const warn = (error: Error) => logger.warn({ err: error }, 'the connection to the orders database broke')
  // Without a listener, a connection that breaks ends the process before it could say at which migration.
  client.on('error', warn)
  await client.connect()
  try {
    return await migrate(client, migrations)
  } finally {
    await client.end().catch(warn)
  }
}

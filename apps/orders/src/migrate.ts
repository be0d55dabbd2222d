import { createLogger, SettingsReader } from '@sundial/runtime'
import { Client } from 'pg'
import { readMigrations } from './database/migration-files.ts'
import { migrate } from './database/migrations.ts'
import { readDatabaseSettings } from './database/settings.ts'

/** A job: brings the orders database up to date, then exits with 0, or with 1 when it could not. */
const logger = createLogger('orders-migrate')
try {
  const reader = new SettingsReader(process.env)
  const settings = readDatabaseSettings(reader)
  reader.finish()
  const client = new Client({ ...settings, application_name: 'orders-migrate', connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    logger.info(await migrate(client, await readMigrations()), 'the orders database is up to date')
  } finally {
    await client.end()
  }
} catch (error) {
  logger.fatal({ err: error }, 'the orders database was not migrated')
  process.exitCode = 1
}

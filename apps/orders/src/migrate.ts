import { createLogger, SettingsReader } from '@sundial/runtime'
import { migrateDatabase } from './database/migrate-database.ts'
import { readMigrations } from './database/migration-files.ts'
import { readDatabaseSettings } from './database/settings.ts'

/** A job: brings the orders database up to date, then exits with 0, or with 1 when it could not. */
const logger = createLogger('orders-migrate')
try {
  const reader = new SettingsReader(process.env)
  const settings = readDatabaseSettings(reader)
  reader.finish()
  logger.info(await migrateDatabase(settings, await readMigrations(), logger), 'the orders database is up to date')
} catch (error) {
  logger.fatal({ err: error }, 'the orders database was not migrated')
  process.exitCode = 1
}

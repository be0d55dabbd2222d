import { runCheck } from './job.ts'
import { checkPostgresql } from './postgresql.ts'
import { postgresqlSettings } from './postgresql-settings.ts'

// A job: `node postgresql-check.js FILE` finds out whether a PostgreSQL that others run is as the platform needs it.
await runCheck('postgresql-check', postgresqlSettings, checkPostgresql)

import type { Logger } from '@sundial/runtime'
import { Pool } from 'pg'
import type { DatabaseSettings } from './settings.ts'

/** Connections of one process. A worker runs more activities at once than that; they wait for one, and each holds it for a moment only. */
const CONNECTIONS = 10

/** A pool with bounds on every wait, in milliseconds: they are shorter than an activity's attempt, so that the error says what was slow. */
export function createPool(settings: DatabaseSettings, logger: Logger): Pool {
  const pool = new Pool({
    ...settings,
    application_name: logger.bindings()['name'] ?? 'orders',
    max: CONNECTIONS,
    connectionTimeoutMillis: 5000,
    statement_timeout: 5000,
    query_timeout: 6000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
  })
  // Without a listener, a connection that breaks while idle would end the process; the pool itself replaces it.
  pool.on('error', (error) => logger.warn({ err: error }, 'an idle database connection broke'))
  return pool
}

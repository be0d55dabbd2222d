import type { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { readMigrations } from '../database/migration-files.ts'
import { migrate } from '../database/migrations.ts'
import { createPool } from '../database/pool.ts'
import { findPostgresql } from './find-postgresql.ts'
import { silent } from './fixture.ts'
import { startPostgresql, type TestPostgresql } from './postgresql.ts'

const START_MS = 60_000

/**
 * Gives the tests around it a server of their own. On a machine without PostgreSQL 15 they are skipped, and say so.
 * `prepare` may write files into the server's folder, and gives more lines for its configuration.
 */
export function withPostgresql(use: (server: TestPostgresql) => void | Promise<void>, prepare?: Parameters<typeof startPostgresql>[1]): void {
  const found = findPostgresql()
  let server: TestPostgresql | undefined
  beforeAll(async () => {
    if ('missing' in found) return
    server = await startPostgresql(found.folder, prepare)
    await use(server)
  }, START_MS)
  beforeEach((context) => context.skip('missing' in found, 'missing' in found ? found.missing : ''))
  afterAll(() => server?.stop())
}

/** Gives the tests around it a migrated orders database of their own, or skips them as {@link withPostgresql} does. */
export function withOrdersDatabase(use: (pool: Pool) => void): void {
  let pool: Pool | undefined
  withPostgresql(async (server) => {
    pool = createPool(await server.createDatabase('orders'), silent)
    const client = await pool.connect()
    await migrate(client, await readMigrations())
    // The session of the migrations had settings of its own.
    client.release(true)
    use(pool)
  })
  // Runs before the server stops: what was registered last ends first.
  afterAll(() => pool?.end())
}

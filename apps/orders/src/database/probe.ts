import { backgroundProbe, type BackgroundProbe } from '@sundial/runtime'
import type { Pool } from 'pg'
import type { Migration } from './migration-files.ts'

/**
 * Whether the database answers and has every migration of this release, asked every five seconds: a worker takes no work before that, and one
 * that could only fail does not count as ready.
 */
export function databaseProbe(pool: Pool, migrations: readonly Pick<Migration, 'name'>[]): BackgroundProbe {
  return backgroundProbe({
    name: 'orders database',
    periodMs: 250,
    periodAfterSuccessMs: 5000,
    timeoutMs: 4000,
    staleAfterMs: 15_000,
    check: async () => {
      const { rows } = await pool.query<{ name: string }>('select name from applied_migrations')
      const applied = new Set(rows.map(({ name }) => name))
      const missing = migrations.filter(({ name }) => !applied.has(name))
      if (missing.length > 0) throw new Error(`migrations are not applied yet: ${missing.map(({ name }) => name).join(', ')}`)
    },
  })
}

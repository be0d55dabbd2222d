import { backgroundProbe, type BackgroundProbe } from '@sundial/runtime'
import type { Pool } from 'pg'

/** Whether the database answers, asked every five seconds. It keeps a worker that could only fail from counting as ready. */
export function databaseProbe(pool: Pool): BackgroundProbe {
  return backgroundProbe({
    name: 'orders database',
    periodMs: 5000,
    timeoutMs: 4000,
    staleAfterMs: 15_000,
    check: async () => void (await pool.query('select 1 from products limit 1')),
  })
}

import { runWorker } from '@sundial/worker'
import { createActivities } from './activities/index.ts'
import { orders } from './contract.ts'
import { readMigrations } from './database/migration-files.ts'
import { createPool } from './database/pool.ts'
import { databaseProbe } from './database/probe.ts'
import { createPaymentProvider } from './payment/provider.ts'
import { readWorkerSettings } from './worker-settings.ts'

/** The orders worker. */
await runWorker({
  contract: orders,
  workflows: new URL('./workflows/index.js', import.meta.url),
  settings: readWorkerSettings,
  async start({ database, payment, policy }, logger) {
    const pool = createPool(database, logger)
    const probe = databaseProbe(pool, await readMigrations())
    return {
      activities: createActivities({ pool, provider: createPaymentProvider(payment), policy }),
      probes: { database: probe },
      async stop() {
        probe.close()
        await pool.end()
      },
    }
  },
})

import { createLogger } from '@sundial/runtime'
import { runWorker } from '@sundial/worker'
import { createActivities } from './activities/index.ts'
import { orders } from './contract.ts'
import { createPool } from './database/pool.ts'
import { databaseProbe } from './database/probe.ts'
import { createPaymentProvider } from './payment/provider.ts'
import { readWorkerSettings, type WorkerSettings } from './worker-settings.ts'

/** The orders worker. */
const logger = createLogger('orders-worker')

async function main({ database, payment, policy }: WorkerSettings): Promise<void> {
  const pool = createPool(database, logger)
  const probe = databaseProbe(pool)
  await runWorker({
    contract: orders,
    workflows: new URL('./workflows/index.js', import.meta.url),
    activities: createActivities({ pool, provider: createPaymentProvider(payment), policy }),
    probes: { database: probe },
    async stop() {
      probe.close()
      await pool.end()
    },
  })
}

try {
  await main(readWorkerSettings(process.env))
} catch (error) {
  logger.fatal({ err: error }, 'the worker could not start')
  process.exitCode = 1
}

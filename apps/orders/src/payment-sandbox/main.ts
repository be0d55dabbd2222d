import { closeHttpServer, createLogger, type Lifecycle, runService, serveOperations, SettingsReader } from '@sundial/runtime'
import { collectDefaultMetrics, Counter, Registry } from 'prom-client'
import { openJournal } from './journal.ts'
import { Ledger } from './ledger.ts'
import { createSandbox } from './server.ts'

/** The payment provider's sandbox as a process of its own: HTTP_ADDRESS, OPERATIONS_ADDRESS, PAYMENT_API_KEY, STATE_DIRECTORY. */
const logger = createLogger('payment-sandbox')
/** Open requests get this long when it stops, in milliseconds: longer than the slow card takes. */
const GRACE_MS = 5000
/** All of stopping, in milliseconds: whoever stops it waits for 10 s. */
const STOP_DEADLINE_MS = 8000

async function start(lifecycle: Lifecycle): Promise<void> {
  const reader = new SettingsReader(process.env)
  const http = reader.address('HTTP_ADDRESS')
  const operations = reader.address('OPERATIONS_ADDRESS')
  const apiKey = reader.text('PAYMENT_API_KEY')
  const folder = reader.text('STATE_DIRECTORY')
  reader.finish()

  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const charges = new Counter({
    name: 'payment_sandbox_charge_requests_total',
    help: 'Requests to charge a card, by outcome',
    labelNames: ['outcome'],
    registers: [registry],
  })

  const journal = await openJournal(folder)
  lifecycle.onStop('journal', () => journal.close())
  let serving = false
  await serveOperations(lifecycle, {
    address: operations,
    registry,
    readiness: () => ({ ready: serving, checks: { http: { ok: serving } } }),
  })
  const app = createSandbox({ ledger: new Ledger(journal), apiKey, logger, onCharge: (outcome) => charges.inc({ outcome }) })
  await app.listen(http)
  serving = true
  lifecycle.onStop('http server', async () => {
    serving = false
    await closeHttpServer({ server: app.server, close: () => app.close(), graceMs: GRACE_MS })
  })
}

await runService(logger, start, { stopDeadlineMs: STOP_DEADLINE_MS })

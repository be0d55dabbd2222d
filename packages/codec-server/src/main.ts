import { closeHttpServer, createLogger, runService, serveOperations, SettingsReader } from '@sundial/runtime'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { readConfiguration } from './configuration.ts'
import { createCodecServer } from './server.ts'

/** What is begun when it stops gets this long, in milliseconds. */
const CLOSE_MS = 5000

// A service: `node main.js FILE` decrypts payloads for the Web UI and Temporal's command. Where it listens, HTTP_ADDRESS and OPERATIONS_ADDRESS say.
const logger = createLogger('codec-server')
await runService(logger, async (lifecycle) => {
  const reader = new SettingsReader(process.env)
  const addresses = { http: reader.address('HTTP_ADDRESS'), operations: reader.address('OPERATIONS_ADDRESS') }
  reader.finish()
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const app = await createCodecServer(readConfiguration(process.argv[2]), { logger, registry })
  const running = () => !lifecycle.signal.aborted
  await serveOperations(lifecycle, { address: addresses.operations, registry, readiness: () => ({ ready: running(), checks: { running: { ok: running() } } }) })
  lifecycle.onStop('http server', () => closeHttpServer({ server: app.server, close: () => app.close(), graceMs: CLOSE_MS }))
  await app.listen(addresses.http)
})

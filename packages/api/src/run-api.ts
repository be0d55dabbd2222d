import { setTimeout as delay } from 'node:timers/promises'
import { dataConverter } from '@sundial/codec'
import {
  type BackgroundProbe,
  backgroundProbe,
  closeHttpServer,
  createLogger,
  type Lifecycle,
  runService,
  serveOperations,
  startTracing,
  TemporalAccess,
} from '@sundial/runtime'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { probeKeys } from './auth/key-probe.ts'
import { createVerifier } from './auth/verifier.ts'
import { type ApiOptions, createApi } from './create-api.ts'
import { readApiSettings } from './settings.ts'
import { openTemporal, type Temporal } from './temporal/temporal.ts'

/** Milliseconds. A dead server shows within about 15 s, the same as in the worker; one that comes up at once. */
const PROBE_TEMPORAL = { periodMs: 250, periodAfterSuccessMs: 5000, timeoutMs: 4000, staleAfterMs: 15_000 }

/** Milliseconds that stopping may take: less than those who stop it wait, which is 30 s on a laptop and by default in Kubernetes. */
const STOP_DEADLINE_MS = 27_000
/** The notice, and what is begun after it, get this long together, in milliseconds; the rest is for the other steps. */
const CLOSE_MS = 22_000

/**
 * Serves an API over a contract until SIGTERM or SIGINT. It reads the environment: HTTP_ADDRESS, OPERATIONS_ADDRESS, OIDC_ISSUER,
 * API_AUDIENCE, TEMPORAL_*, OIDC_CLIENT_*, PAYLOAD_KEYS_FOLDER, API_CURSOR_KEY_FILE, API_RATE_LIMIT, API_NOTICE_SECONDS, LOG_LEVEL, and
 * OTEL_EXPORTER_OTLP_ENDPOINT, which makes it trace requests. When it stops, it says that it is not ready and serves on for the notice; then it
 * accepts no more connections, answers those who wait, finishes what it has begun, and closes its connection to Temporal.
 */
export async function runApi(options: ApiOptions): Promise<void> {
  const logger = createLogger(`${options.contract.name}-api`)
  const start = async (lifecycle: Lifecycle) => {
    const settings = readApiSettings(process.env)
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })

    const tracing = settings.tracing ? await startTracing({ service: `${options.contract.name}-api`, logger }) : undefined
    if (tracing) lifecycle.onStop('traces', () => tracing.close())
    const traced = tracing !== undefined
    const { namespace } = settings.temporal
    const converter = await dataConverter({ encryption: settings.encryption, namespace, logger })
    const temporal = await openTemporal(new TemporalAccess(settings.temporal, logger), namespace, { traced, dataConverter: converter })
    lifecycle.onStop('temporal connection', () => temporal.close())
    const verifier = createVerifier({ ...settings, namespace: settings.temporal.namespace })
    const probes = { temporal: probeTemporal(temporal), keys: probeKeys(verifier) }
    lifecycle.onStop('probes', () => Object.values(probes).forEach((probe) => probe.close()))
    await serveOperations(lifecycle, { address: settings.operations, registry, readiness: () => readiness(probes, lifecycle.signal) })

    const closing = new AbortController()
    const { cursorKey, requestsPerMinute, noticeMs } = settings
    const signals = { leaving: lifecycle.signal, stopping: closing.signal }
    const parts = { temporal, verifier, logger, registry, cursorKey, limits: { requestsPerMinute }, traced, ...signals }
    const app = await createApi(options, parts)
    lifecycle.onStop('http server', () => {
      closing.abort()
      return closeHttpServer({ server: app.server, close: () => app.close(), graceMs: CLOSE_MS - noticeMs })
    })
    await app.listen(settings.http)
    lifecycle.onStop('notice', () => delay(noticeMs))
  }
  await runService(logger, start, { stopDeadlineMs: STOP_DEADLINE_MS })
}

function readiness(probes: Readonly<Record<string, BackgroundProbe>>, stopping: AbortSignal) {
  const checks = Object.fromEntries(Object.entries(probes).map(([name, probe]) => [name, probe.state()]))
  const running = stopping.aborted ? { ok: false, message: 'stopping' } : { ok: true }
  return { ready: running.ok && Object.values(checks).every(({ ok }) => ok), checks: { running, ...checks } }
}

/** Asks about the namespace: unlike the health service, that needs the API's token to be accepted. */
function probeTemporal({ call, client, namespace }: Temporal): BackgroundProbe {
  return backgroundProbe({
    name: 'temporal',
    ...PROBE_TEMPORAL,
    check: async (signal) => void (await call(() => client.workflowService.describeNamespace({ namespace }), { timeoutMs: PROBE_TEMPORAL.timeoutMs, signal })),
  })
}

import type { Contestant, RunningContestant, Workspace } from '../contestants/contestant.ts'
import { sundial } from '../contestants/sundial.ts'
import type { Access } from '../driver/access.ts'
import { Driver } from '../driver/driver.ts'
import type { StartsOptions } from '../driver/starts.ts'
import { startMeter } from '../machine/meter.ts'
import { quantile } from '../statistics/quantile.ts'
import type { Bench, SlotRequest, SlotResult } from './bench.ts'

const CONCURRENCIES = [1, 32] as const
/** What runs for all slots is warmed up once, until its code is compiled: a new process takes several times as long for a start. */
const SECONDS = { full: { warmUp: 30, cell: 5 }, quick: { warmUp: 5, cell: 2 } }
/** Before each slot, for those who were not asked for a while. */
const WARM_AGAIN = 1

export const apiOverhead: Bench = {
  name: 'api-overhead',
  title: 'Starting workflows by the API, and by the SDK’s client',
  summary: 'starts of workflows by the API over HTTP, against starts by the SDK’s own client on the same platform',
  contestants: [
    {
      ...platform('api', 'API'),
      description:
        'POST /v1/workflows/echo with a token, over HTTP: the API checks both, and starts the workflow with its own client. The platform is the same, and nobody runs what is started.',
    },
    {
      ...platform('client', 'SDK client'),
      description: 'client.workflow.start of the SDK, with mutual TLS and a token, as the API has them. The API runs, and has nothing to do.',
    },
    { ...platform('client-again', 'SDK client again (A/A)'), description: 'The same again.' },
  ],
  phases: ['starts'],
  passes: { full: 6, quick: 2 },
  cells: Object.fromEntries(CONCURRENCIES.map((concurrency) => [cellName(concurrency), `${concurrency} at a time`])),
  metrics: {
    p50: { title: 'start, median', unit: 'ms', better: 'lower' },
    p99: { title: 'start, 99 %', unit: 'ms', better: 'lower' },
    rate: { title: 'starts', unit: '1/s', better: 'higher' },
  },
  headlines: CONCURRENCIES.map(cellName),
  inTable: ['p50', 'p99', 'rate'],
  comparisons: [{ of: 'api', to: 'client', goals: { 'starts-1': { p50: 1.2 }, 'starts-32': { rate: 0.8 } } }],
  floor: { of: 'client-again', to: 'client' },
  load: (quick) => {
    const { warmUp, cell } = quick ? SECONDS.quick : SECONDS.full
    return { 'seconds of warm-up': warmUp, 'seconds of each load': cell, loop: 'closed' }
  },
  measure,
  finish: async () => {
    await (await driving)?.stop()
    await (await running)?.stop()
  },
}

/** One platform and one driver for all slots: from start to start they differ by more than what is measured. */
let running: Promise<RunningContestant> | undefined
let driving: Promise<Driver> | undefined

function platform(id: string, title: string): Contestant {
  const one = sundial({ id, title, api: true })
  const start = async (workspace: Workspace) => {
    const started = await one.start('warm', workspace)
    await started.ready()
    return started
  }
  return { ...one, start: async (_how, workspace) => ({ ...(await (running ??= start(workspace))), ready: async () => {}, stop: async () => {} }) }
}

function cellName(concurrency: number): string {
  return `starts-${concurrency}`
}

async function measure({ contestant, quick, workspace }: SlotRequest): Promise<SlotResult> {
  const { warmUp, cell } = quick ? SECONDS.quick : SECONDS.full
  const by: StartsOptions['by'] = contestant.id === 'api' ? 'api' : 'client'
  const started = await contestant.start(contestant.underLoad, workspace)
  const { access } = started
  const driver = await (driving ??= warmDriver(workspace, access, warmUp))
  for (const concurrency of CONCURRENCIES) await driver.perform('starts', { access, by, concurrency, seconds: WARM_AGAIN })
  const meter = await startMeter(driver.child.pid, started)
  const cells: Record<string, Record<string, number>> = {}
  const failures: string[] = []
  for (const concurrency of CONCURRENCIES) {
    const result = await driver.perform('starts', { access, by, concurrency, seconds: cell })
    failures.push(...result.failures)
    const { latenciesMs } = result
    cells[cellName(concurrency)] = { p50: quantile(latenciesMs, 0.5), p99: quantile(latenciesMs, 0.99), rate: latenciesMs.length / cell }
  }
  const { noise } = await meter.read(started)
  const [first] = failures
  return { noise, cells, settings: await started.settings(), ...(first !== undefined && { fault: `${failures.length} starts failed: ${first}` }) }
}

/** A driver that has made both kinds of starts for a time, one kind as long as the other. */
async function warmDriver({ folder }: Workspace, access: Access, seconds: number): Promise<Driver> {
  const driver = await Driver.start(folder)
  for (const by of ['api', 'client'] as const) await driver.perform('starts', { access, by, concurrency: 32, seconds })
  return driver
}

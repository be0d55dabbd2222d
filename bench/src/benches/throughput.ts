import { chart } from '../contestants/chart/chart.ts'
import type { RunningContestant } from '../contestants/contestant.ts'
import { startDev } from '../contestants/start-dev.ts'
import { sundial } from '../contestants/sundial.ts'
import { Driver } from '../driver/driver.ts'
import type { LoadOptions, LoadResult } from '../driver/load.ts'
import { openDatabase, type Database } from '../machine/database.ts'
import { startMeter, type CpuByGroup } from '../machine/meter.ts'
import { quantile } from '../statistics/quantile.ts'
import type { Bench, SlotRequest, SlotResult } from './bench.ts'

const WORKFLOWS = ['echo', 'one-activity'] as const
const CONCURRENCIES = [1, 8, 32] as const

/** Seconds of load: for warming up with each workflow, and for each cell. */
const SECONDS = { full: { warmUp: 4, cell: 6 }, quick: { warmUp: 2, cell: 3 } } as const
const WARM_UP_CONCURRENCY = 8

export const throughput: Bench = {
  name: 'throughput',
  title: 'Workflows under load',
  summary: 'workflows per second, latency and what a workflow costs, against temporal server start-dev and the Helm chart’s defaults',
  contestants: [sundial({ id: 'sundial', title: 'Sundial' }), sundial({ id: 'sundial-again', title: 'Sundial again (A/A)' }), startDev, chart],
  phases: ['load'],
  passes: { full: 8, quick: 2 },
  cells: Object.fromEntries(
    WORKFLOWS.flatMap((workflow) => CONCURRENCIES.map((concurrency) => [cellName({ workflow, concurrency }), `${workflow}, ${concurrency} at a time`])),
  ),
  metrics: {
    rate: { title: 'workflows', unit: '1/s', better: 'higher' },
    p50: { title: 'latency, median', unit: 'ms', better: 'lower' },
    p95: { title: 'latency, 95 %', unit: 'ms', better: 'lower' },
    p99: { title: 'latency, 99 %', unit: 'ms', better: 'lower' },
    cpu: { title: 'processor time of a workflow', unit: 'ms', better: 'lower' },
    cpuServer: { title: 'of it: Temporal server', unit: 'ms', better: 'lower' },
    cpuPostgresql: { title: 'of it: PostgreSQL', unit: 'ms', better: 'lower' },
    cpuWorker: { title: 'of it: worker', unit: 'ms', better: 'lower' },
    cpuOther: { title: 'of it: supervisor and the rest', unit: 'ms', better: 'lower' },
    cpuDriver: { title: 'driver, for comparison', unit: 'ms', better: 'lower' },
    transactions: { title: 'transactions that write, of a workflow', unit: '', better: 'lower' },
    wal: { title: 'write-ahead log of a workflow', unit: 'KiB', better: 'lower' },
  },
  headlines: ['one-activity-1', 'one-activity-32'],
  inTable: ['rate', 'p50', 'p99', 'cpu', 'transactions', 'wal'],
  comparisons: [
    { of: 'sundial', to: 'start-dev', goals: {} },
    { of: 'sundial', to: 'chart', goals: {} },
  ],
  floor: { of: 'sundial-again', to: 'sundial' },
  load: (quick) => {
    const { warmUp, cell } = quick ? SECONDS.quick : SECONDS.full
    return { 'seconds of warm-up': warmUp, 'seconds of each load': cell, loop: 'closed' }
  },
  measure,
}

function cellName({ workflow, concurrency }: Pick<LoadOptions, 'workflow' | 'concurrency'>): string {
  return `${workflow}-${concurrency}`
}

async function measure({ contestant, quick, workspace }: SlotRequest): Promise<SlotResult> {
  const driver = await Driver.start(workspace.folder)
  try {
    const running = await contestant.start(contestant.underLoad, workspace)
    try {
      await Promise.all([driver.perform('first-workflow', { access: running.access }), running.ready()])
      return await measureRunning(running, driver, { quick, signal: workspace.signal })
    } finally {
      await running.stop()
    }
  } finally {
    await driver.stop()
  }
}

interface HowLong {
  readonly quick: boolean
  readonly signal: AbortSignal
}

async function measureRunning(running: RunningContestant, driver: Driver, { quick, signal }: HowLong): Promise<SlotResult> {
  const { warmUp, cell } = quick ? SECONDS.quick : SECONDS.full
  const database = await openDatabase(await running.database?.())
  const failures: string[] = []
  const apply = async (options: LoadOptions) => {
    const before = await database?.closedWorkflows()
    const result = await driver.perform('load', { access: running.access, ...options })
    // What a workflow writes is there a moment after its result.
    if (before !== undefined) await database?.untilClosed(before + result.completed, signal)
    failures.push(...result.failures)
    return result
  }
  try {
    for (const workflow of WORKFLOWS) await apply({ workflow, concurrency: WARM_UP_CONCURRENCY, seconds: warmUp })
    const whole = await startMeter(driver.child.pid, running)
    const cells: Record<string, Record<string, number>> = {}
    for (const workflow of WORKFLOWS) {
      for (const concurrency of CONCURRENCIES) {
        const [meter, before] = [await startMeter(driver.child.pid, running), await database?.counts()]
        const result = await apply({ workflow, concurrency, seconds: cell })
        const [{ cpu }, after] = [await meter.read(running), await database?.counts()]
        const written = before && after ? writtenBy(result.completed, before, after) : {}
        cells[cellName({ workflow, concurrency })] = { ...ofClient(result, cell), ...ofProcessors(result.completed, cpu), ...written }
      }
    }
    const { noise } = await whole.read(running)
    const settings = { ...(await running.settings()), ...(await database?.settings()) }
    const [first] = failures
    return { noise, cells, settings, ...(first !== undefined && { fault: `${failures.length} workflows failed: ${first}` }) }
  } finally {
    await database?.close()
  }
}

function ofClient({ completedInTime, latenciesMs }: LoadResult, seconds: number): Record<string, number> {
  return { rate: completedInTime / seconds, p50: quantile(latenciesMs, 0.5), p95: quantile(latenciesMs, 0.95), p99: quantile(latenciesMs, 0.99) }
}

/** Milliseconds of processor time of one workflow, which are the seconds of a thousand. */
function ofProcessors(completed: number, cpu: CpuByGroup): Record<string, number> {
  const { server = 0, postgresql, worker = 0, supervisor = 0, other = 0, driver = 0 } = cpu
  const each = (seconds: number) => (seconds * 1000) / completed
  return {
    cpu: each(server + (postgresql ?? 0) + worker + supervisor + other),
    cpuServer: each(server),
    ...(postgresql !== undefined && { cpuPostgresql: each(postgresql) }),
    cpuWorker: each(worker),
    cpuOther: each(supervisor + other),
    cpuDriver: each(driver),
  }
}

type Counts = Awaited<ReturnType<Database['counts']>>

function writtenBy(completed: number, before: Counts, after: Counts): Record<string, number> {
  return { transactions: (after.transactions - before.transactions) / completed, wal: (after.walBytes - before.walBytes) / 1024 / completed }
}

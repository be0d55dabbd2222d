import { oneProcess } from '../contestants/one-process.ts'
import { BENCH_WORKER, builtModule, type WorkerProgram } from '../contestants/worker.ts'
import { Driver } from '../driver/driver.ts'
import { startMeter } from '../machine/meter.ts'
import { quantile } from '../statistics/quantile.ts'
import type { Bench, SlotRequest, SlotResult } from './bench.ts'

const WORKFLOWS = ['one-activity', 'echo'] as const
const BARE: WorkerProgram = { module: builtModule('bare/worker.js'), env: { BENCH_TASK_QUEUE: 'bench', BENCH_WORKFLOWS: 'workflows' } }
const CONCURRENCY = 8
const SECONDS = { full: { warmUp: 6, cell: 8 }, quick: { warmUp: 1, cell: 2 } }

export const workerOverhead: Bench = {
  name: 'worker-overhead',
  title: 'What the worker kit costs',
  summary: 'processor time of the worker kit for a thousand workflows, against a worker of the SDK alone',
  contestants: [
    oneProcess({ id: 'kit', title: 'worker kit', worker: BENCH_WORKER, about: 'The worker kit: inputs and outputs are checked, health and metrics served.' }),
    oneProcess({ id: 'kit-again', title: 'worker kit again (A/A)', worker: BENCH_WORKER, about: 'The same again.' }),
    oneProcess({ id: 'bare', title: 'SDK alone', worker: BARE, about: 'The same workflows and activity on the SDK alone, which checks nothing.' }),
  ],
  phases: ['load'],
  passes: { full: 4, quick: 1 },
  cells: Object.fromEntries(WORKFLOWS.map((workflow) => [workflow, `${workflow}, ${CONCURRENCY} at a time`])),
  metrics: {
    cpu: { title: 'processor time of the worker for 1,000 workflows', unit: 's', better: 'lower' },
    rate: { title: 'workflows', unit: '1/s', better: 'higher' },
    p50: { title: 'latency, median', unit: 'ms', better: 'lower' },
  },
  headlines: ['one-activity'],
  inTable: ['cpu', 'rate', 'p50'],
  comparisons: [{ of: 'kit', to: 'bare', goals: { 'one-activity': { cpu: 1.03 } } }],
  floor: { of: 'kit-again', to: 'kit' },
  load: (quick) => {
    const { warmUp, cell } = quick ? SECONDS.quick : SECONDS.full
    return { 'seconds of warm-up': warmUp, 'seconds of each load': cell, loop: 'closed' }
  },
  measure,
}

async function measure({ contestant, quick, workspace }: SlotRequest): Promise<SlotResult> {
  const { warmUp, cell } = quick ? SECONDS.quick : SECONDS.full
  const driver = await Driver.start(workspace.folder)
  try {
    const running = await contestant.start(contestant.underLoad, workspace)
    try {
      await running.ready()
      const { access } = running
      const failures: string[] = []
      for (const workflow of WORKFLOWS) await driver.perform('load', { access, workflow, concurrency: CONCURRENCY, seconds: warmUp })
      const whole = await startMeter(driver.child.pid, running)
      const cells: Record<string, Record<string, number>> = {}
      for (const workflow of WORKFLOWS) {
        const meter = await startMeter(driver.child.pid, running)
        const result = await driver.perform('load', { access, workflow, concurrency: CONCURRENCY, seconds: cell })
        const { cpu } = await meter.read(running)
        failures.push(...result.failures)
        cells[workflow] = {
          cpu: ((cpu.worker ?? 0) * 1000) / result.completed,
          rate: result.completedInTime / cell,
          p50: quantile(result.latenciesMs, 0.5),
        }
      }
      const { noise } = await whole.read(running)
      const [first] = failures
      return { noise, cells, settings: await running.settings(), ...(first !== undefined && { fault: `${failures.length} workflows failed: ${first}` }) }
    } finally {
      await running.stop()
    }
  } finally {
    await driver.stop()
  }
}

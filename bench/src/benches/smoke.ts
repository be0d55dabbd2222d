import { oneProcess } from '../contestants/one-process.ts'
import { Driver } from '../driver/driver.ts'
import { startMeter, total } from '../machine/meter.ts'
import { quantile } from '../statistics/quantile.ts'
import type { Bench, SlotRequest, SlotResult } from './bench.ts'

const SECONDS = 1
const CONCURRENCY = 4

/** Tries the harness on the least that runs workflows, in less than a minute. Its numbers say nothing about the product. */
export const smoke: Bench = {
  name: 'smoke',
  title: 'A try of the harness',
  summary: 'nothing of the product: it tries the harness itself, in less than a minute',
  contestants: [oneProcess({ id: 'one-process', title: 'one process' }), oneProcess({ id: 'one-process-again', title: 'the same again' })],
  phases: ['load'],
  passes: { full: 2, quick: 2 },
  cells: { echo: `echo, ${CONCURRENCY} at a time` },
  metrics: {
    rate: { title: 'workflows', unit: '1/s', better: 'higher' },
    p50: { title: 'latency, median', unit: 'ms', better: 'lower' },
    cpu: { title: 'processor time of a workflow', unit: 'ms', better: 'lower' },
    start: { title: 'until the first workflow completed', unit: 's', better: 'lower' },
  },
  headlines: ['echo'],
  inTable: ['rate', 'p50', 'cpu', 'start'],
  comparisons: [{ of: 'one-process-again', to: 'one-process', goals: {} }],
  floor: { of: 'one-process-again', to: 'one-process' },
  load: () => ({ seconds: SECONDS, concurrency: CONCURRENCY }),
  measure,
}

async function measure({ contestant, workspace }: SlotRequest): Promise<SlotResult> {
  const driver = await Driver.start(workspace.folder)
  try {
    const running = await contestant.start(contestant.underLoad, workspace)
    try {
      const [first] = await Promise.all([driver.perform('first-workflow', { access: running.access }), running.ready()])
      const meter = await startMeter(driver.child.pid, running)
      const options = { workflow: 'echo', concurrency: CONCURRENCY, seconds: SECONDS } as const
      const { completed, completedInTime, latenciesMs, failures } = await driver.perform('load', { access: running.access, ...options })
      const { cpu, noise } = await meter.read(running)
      const values = {
        rate: completedInTime / SECONDS,
        p50: quantile(latenciesMs, 0.5),
        cpu: (total(cpu) * 1000) / completed,
        start: (first.completed - running.startedAt) / 1000,
      }
      const [failure] = failures
      return { noise, cells: { echo: values }, settings: await running.settings(), ...(failure !== undefined && { fault: failure }) }
    } finally {
      await running.stop()
    }
  } finally {
    await driver.stop()
  }
}

import { setTimeout as pause } from 'node:timers/promises'
import { oneProcess } from '../contestants/one-process.ts'
import { builtModule, type WorkerProgram } from '../contestants/worker.ts'
import type { RunningContestant } from '../contestants/contestant.ts'
import { Driver } from '../driver/driver.ts'
import { startMeter } from '../machine/meter.ts'
import { memoryBytes, readProcesses } from '../machine/processes.ts'
import type { Bench, SlotRequest, SlotResult } from './bench.ts'

const TASK_QUEUE = 'parking'
const KIT: WorkerProgram = { module: builtModule('parking/worker.js') }
const sdk = (workflows: string): WorkerProgram => ({ module: builtModule('bare/worker.js'), env: { BENCH_TASK_QUEUE: TASK_QUEUE, BENCH_WORKFLOWS: workflows } })

/** Workflows that wait. Those before fill what a worker has once: pools, caches, the first heap. */
const COUNTS = { full: { before: 50, measured: 400 }, quick: { before: 20, measured: 80 } }

export const memory: Bench = {
  name: 'memory',
  title: 'Memory of a workflow that waits, with a contract of twenty schemas',
  summary: 'what a parked workflow of a contract with twenty schemas takes in its worker, against the bare SDK and against zod in the sandbox',
  contestants: [
    oneProcess({ id: 'kit', title: 'worker kit', worker: KIT, about: 'The contract with twenty schemas, on the worker kit: validators compiled ahead.' }),
    oneProcess({ id: 'kit-again', title: 'worker kit again (A/A)', worker: KIT, about: 'The same again.' }),
    oneProcess({ id: 'bare', title: 'SDK alone', worker: sdk('workflows'), about: 'The same workflow and handlers on the SDK alone, which checks nothing.' }),
    oneProcess({
      id: 'zod',
      title: 'zod in the sandbox',
      worker: sdk('zod-workflows'),
      about: 'The same on the SDK, with the contract’s own schemas in the sandbox.',
    }),
  ],
  phases: ['park'],
  passes: { full: 3, quick: 1 },
  cells: { park: 'workflows that wait for a signal, each with eight handlers' },
  metrics: { each: { title: 'memory of a workflow (PSS of the worker)', unit: 'KiB', better: 'lower' } },
  headlines: ['park'],
  inTable: ['each'],
  comparisons: [
    { of: 'kit', to: 'bare', goals: { park: { each: 1.3 } } },
    { of: 'kit', to: 'zod', goals: { park: { each: 0.4 } } },
  ],
  floor: { of: 'kit-again', to: 'kit' },
  load: (quick) => (quick ? COUNTS.quick : COUNTS.full),
  measure,
}

async function measure({ contestant, quick, workspace }: SlotRequest): Promise<SlotResult> {
  const counts = quick ? COUNTS.quick : COUNTS.full
  const driver = await Driver.start(workspace.folder)
  try {
    const running = await contestant.start(contestant.underLoad, workspace)
    try {
      await running.ready()
      const { access } = running
      const meter = await startMeter(driver.child.pid, running)
      await driver.perform('park', { access, taskQueue: TASK_QUEUE, count: counts.before })
      const before = await settled(running, workspace.signal)
      await driver.perform('park', { access, taskQueue: TASK_QUEUE, count: counts.measured })
      const after = await settled(running, workspace.signal)
      const { noise } = await meter.read(running)
      return { noise, cells: { park: { each: (after - before) / counts.measured / 1024 } }, settings: await running.settings() }
    } finally {
      await running.stop()
    }
  } finally {
    await driver.stop()
  }
}

/** Between two looks, and what counts as no change. */
const LOOK_MS = 500
const SAME = 0.002

/** The memory of the worker when it does not change any more: collectors and allocators go on for a moment. */
async function settled(running: RunningContestant, signal: AbortSignal): Promise<number> {
  for (let last = 0; ;) {
    const now = memoryBytes((await running.groups(readProcesses())).get('worker') ?? [])
    if (Math.abs(now - last) < SAME * now) return now
    last = now
    await pause(LOOK_MS, undefined, { signal })
  }
}

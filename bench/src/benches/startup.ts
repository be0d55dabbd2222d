import { startDev } from '../contestants/start-dev.ts'
import { sundial } from '../contestants/sundial.ts'
import type { Start } from '../contestants/contestant.ts'
import { now } from '../clock.ts'
import { Driver } from '../driver/driver.ts'
import { memoryOf, startMeter, total } from '../machine/meter.ts'
import type { Bench, SlotRequest, SlotResult } from './bench.ts'

export const startup: Bench = {
  name: 'startup',
  title: 'Time until the first workflow',
  summary: 'from the command to the first workflow completed, warm and fresh, against temporal server start-dev',
  contestants: [sundial({ id: 'sundial', title: 'Sundial' }), sundial({ id: 'sundial-again', title: 'Sundial again (A/A)' }), startDev],
  phases: ['warm', 'fresh'],
  passes: { full: 12, quick: 2 },
  cells: { warm: 'warm: with the state of an earlier start', fresh: 'fresh: with nothing but the programs and the prepared database in the cache folder' },
  metrics: {
    firstWorkflow: { title: 'until the first workflow completed', unit: 's', better: 'lower' },
    listening: { title: 'until the frontend listens', unit: 's', better: 'lower' },
    accepted: { title: 'until a workflow is accepted', unit: 's', better: 'lower' },
    ready: { title: 'until all of it is ready', unit: 's', better: 'lower' },
    cpu: { title: 'processor time until then', unit: 's', better: 'lower' },
    memory: { title: 'memory then (PSS)', unit: 'MiB', better: 'lower' },
  },
  headlines: ['warm', 'fresh'],
  inTable: ['firstWorkflow', 'ready', 'cpu', 'memory'],
  comparisons: [{ of: 'sundial', to: 'start-dev', goals: { warm: { firstWorkflow: 1.5 }, fresh: { firstWorkflow: 2.5 } } }],
  floor: { of: 'sundial-again', to: 'sundial' },
  load: () => ({ workflow: 'echo' }),
  measure,
}

const MIB = 1024 * 1024

async function measure({ contestant, phase, workspace }: SlotRequest): Promise<SlotResult> {
  const driver = await Driver.start(workspace.folder)
  try {
    const meter = await startMeter(driver.child.pid)
    const running = await contestant.start(phase as Start, workspace)
    try {
      const since = (moment: number) => (moment - running.startedAt) / 1000
      const [first, ready] = await Promise.all([driver.perform('first-workflow', { access: running.access }), running.ready().then(now)])
      const [{ cpu, noise }, memory, settings] = [await meter.read(running), await memoryOf(running), await running.settings()]
      const { driver: ofDriver = 0, harness = 0 } = cpu
      const values = {
        firstWorkflow: since(first.completed),
        listening: since(first.listening),
        accepted: since(first.accepted),
        ready: since(ready),
        cpu: total(cpu) - ofDriver - harness,
        memory: memory / MIB,
      }
      return { noise, cells: { [phase]: values }, settings }
    } finally {
      await running.stop()
    }
  } finally {
    await driver.stop()
  }
}

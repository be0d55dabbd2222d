import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, sundial } from '../../support/command.ts'
import { usePlatformOf } from '../../support/platform.ts'
import type { Drill } from '../drill.ts'
import { thisMachine } from '../machine.ts'
import { outage as runOutage } from './outage.ts'

const RESULTS = 'bench/results'

export const outage: Drill = {
  name: 'outage',
  summary: 'Temporal answers nothing while orders are started; readiness, liveness and what became of each start',
  options: {
    seconds: { default: 60, what: 'how long it answers nothing' },
    callers: { default: 8, what: 'how many callers start orders, one after the other' },
  },
  async run({ seconds = 0, callers = 0 }) {
    const stateRoot = await mkdtemp(join(tmpdir(), 'sundial-drill-'))
    const up = await sundial(['up', '--detach'], { stateRoot })
    if (up.code !== 0) throw new Error(`the platform did not start:\n${up.stderr}`)
    try {
      usePlatformOf(stateRoot)
      const seen = await runOutage({ seconds, callers })
      const result = { date: new Date().toISOString().slice(0, 10), machine: thisMachine(ROOT), callers, ...seen }
      const text = `${JSON.stringify(result, undefined, 1)}\n`
      await mkdir(join(ROOT, RESULTS), { recursive: true })
      await writeFile(join(ROOT, RESULTS, 'drill-outage.json'), text)
      console.log(text)
      const late = Object.values(seen.notReadyAfterMs).some((ms) => ms > 20_000)
      return !late && seen.notAlive === 0 && seen.runs === seen.started && seen.slowestMs < 15_000
    } finally {
      await sundial(['down'], { stateRoot })
      await rm(stateRoot, { recursive: true })
    }
  },
}

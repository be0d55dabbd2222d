import { ROOT } from '../../support/command.ts'
import type { Drill } from '../drill.ts'
import { thisMachine } from '../machine.ts'
import { onOwnPlatform } from '../own-platform.ts'
import { record } from '../record.ts'
import { outageMarkdown } from './markdown.ts'
import { outage as runOutage } from './outage.ts'
import { verdict } from './verdict.ts'

export const outage: Drill = {
  name: 'outage',
  summary: 'Temporal answers nothing while orders are started; readiness, liveness and what became of each start',
  options: {
    seconds: { default: 60, what: 'how long it answers nothing' },
    callers: { default: 8, what: 'how many callers start orders, one after the other' },
    around: { default: 200, what: 'how many orders are started before it, and after it' },
  },
  async run({ seconds = 0, callers = 0, around = 0 }) {
    const seen = await onOwnPlatform(
      () => runOutage({ seconds, callers, around }),
      (result) => verdict(result).length === 0,
    )
    const context = { date: new Date().toISOString().slice(0, 10), machine: thisMachine(ROOT), callers }
    await record('outage', { ...context, ...seen, violations: verdict(seen) }, outageMarkdown(seen, context))
    return verdict(seen).length === 0
  },
}

import { join } from 'node:path'
import { readFileIfPresent } from '../state/private-files.ts'
import { stateOwner } from '../state/index.ts'
import { leftBehind } from '../supervisor/orphans.ts'
import { ok, warning, type Check } from './check.ts'

/** What runs of the platform, or is left of one that was killed. */
export const processes: Check = {
  name: 'processes',
  async run({ state }) {
    const owner = await stateOwner(state)
    if (owner) return [ok(`the platform runs as process ${owner.pid}, since ${owner.since}`)]
    const option = state.environment === 'development' ? '' : ` --environment ${state.environment}`
    const left = await leftBehind(state.run)
    if (left.length > 0)
      return [
        warning(`the platform was killed, and left these running: ${left.join(', ')}`, 'nothing left; the next start ends them', `./sundial down${option}`),
      ]
    if ((await readFileIfPresent(join(state.run, 'lock.json'))) !== undefined)
      return [warning('there is a lock of a platform that was killed', 'nothing: the next start takes it over', `./sundial up${option}`)]
    return [ok('nothing runs, and nothing is left of an earlier run')]
  },
}

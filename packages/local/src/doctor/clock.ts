import { stat } from 'node:fs/promises'
import { ok, warning, type Check } from './check.ts'
import { filesBelow } from './secrets.ts'

/** File systems keep times less finely than the clock does, and those of a network have a clock of their own. */
const SKEW_MS = 60_000

/** A clock that was set back makes certificates and tokens of the time before it not valid yet. */
export const clock: Check = {
  name: 'clock',
  async run({ state, now }) {
    const files = [...(await filesBelow(state.certificates)), ...(await filesBelow(state.secrets))]
    const times = await Promise.all(files.map(async (path) => (await stat(path)).mtimeMs))
    const ahead = Math.max(0, ...times) - now.getTime()
    if (ahead <= SKEW_MS) return [ok('no file is from the future')]
    const found = `files of ${state.root} are ${Math.round(ahead / 1000)} s from the future`
    return [warning(found, 'a clock that is right: certificates and tokens begin at a time', 'set the clock, such as by: sudo timedatectl set-ntp true')]
  },
}

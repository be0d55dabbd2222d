import { realpath, readFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { isAtLeast } from '../toolchain/go-version.ts'
import { ok, problem, warning, type Check } from './check.ts'

/** As package.json says. */
export const MINIMUM_NODE = '20.19'

export const node: Check = {
  name: 'node',
  async run({ machine: { nodeVersion } }) {
    if (isAtLeast(nodeVersion, MINIMUM_NODE)) return [ok(`Node ${nodeVersion}`)]
    return [problem(`Node ${nodeVersion}`, `${MINIMUM_NODE} or newer`, 'install a newer Node: https://nodejs.org')]
  },
}

/** What is installed runs without it. */
export const npm: Check = {
  name: 'npm',
  async run({ env }) {
    const version = await npmVersion(env)
    if (version !== undefined) return [ok(`npm ${version}`)]
    return [warning('npm is not on the PATH', 'npm, when dependencies change', 'install it; it comes with Node: https://nodejs.org')]
  },
}

/** Read, not run: npm takes a while to start. */
async function npmVersion(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    try {
      const program = await realpath(join(folder, 'npm'))
      const { version } = JSON.parse(await readFile(join(dirname(dirname(program)), 'package.json'), 'utf8')) as { version?: string }
      return version ?? 'of an unknown version'
    } catch {
      // Not here, or not as npm installs itself.
    }
  }
  return undefined
}

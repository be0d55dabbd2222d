import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** How many of the last commits are read: those that a change can still mend. */
const COMMITS = 20

/**
 * What commitlint says about the last commits, or nothing when all is well. `undefined` when this is not a git repository.
 *
 * @param {string} root
 * @returns {Promise<string[] | undefined>}
 */
export async function commitMessages(root) {
  const commits = await run('git', ['log', `--max-count=${COMMITS + 1}`, '--format=%H'], { cwd: root }).catch(() => undefined)
  if (!commits) return undefined
  const before = commits.stdout.trim().split('\n')[COMMITS]
  const commitlint = join(import.meta.dirname, '..', 'node_modules', '@commitlint', 'cli', 'cli.js')
  const config = join(import.meta.dirname, '..', 'commitlint.config.js')
  try {
    await run(process.execPath, [commitlint, '--config', config, '--cwd', root, ...(before ? ['--from', before] : []), '--to', 'HEAD'])
    return []
  } catch (error) {
    const { stdout, message } = /** @type {Error & { stdout?: string }} */ (error)
    return [(stdout || message).trim()]
  }
}

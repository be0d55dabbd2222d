import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { BootstrapError } from './bootstrap-error.js'

/**
 * Compiles what changed of the product; its tests are run from their sources. Always run: the compiler knows best what is out of date, and says so in a fifth of a second.
 *
 * @param {string} root
 * @param {string} project what to build with all that it refers to
 */
export function build(root, project) {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const tsc = spawnSync(process.execPath, [compiler, '-b', project, '--pretty', process.stderr.isTTY ? 'true' : 'false'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (tsc.error) throw tsc.error
  if (tsc.status === 0) return
  throw new BootstrapError(`${tsc.stdout}${tsc.stderr}`.trim() + '\n\nThe build failed (tsc -b): mend the errors above, then run the command again.')
}

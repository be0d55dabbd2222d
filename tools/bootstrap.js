// Makes a fresh clone runnable: plain JavaScript without dependencies, since it runs before any are installed.
import { fileURLToPath } from 'node:url'
import { build, PRODUCT } from './bootstrap/build.js'
import { BootstrapError } from './bootstrap/bootstrap-error.js'
import { ensureDependencies } from './bootstrap/dependencies.js'
import { withLock } from './bootstrap/lock.js'
import { checkNodeVersion } from './bootstrap/node-version.js'

/** The folder of this repository, whatever the working directory is. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '')

/**
 * Checks the Node version, installs dependencies where they are missing or out of date, and builds what changed.
 * Ends the process with exit code 2 and a message when one of these fails. Everything it prints goes to standard error,
 * so that the output of the command that follows stays clean.
 *
 * @param {{ build?: boolean | string }} [options] `build: false` stops after the dependencies; a path builds that project. Default: the product
 */
export async function bootstrap(options = {}) {
  try {
    checkNodeVersion(root)
    await withLock(root, () => {
      ensureDependencies(root)
      if (options.build !== false) build(root, typeof options.build === 'string' ? options.build : PRODUCT)
    })
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error
    console.error(error.message)
    process.exit(2)
  }
}

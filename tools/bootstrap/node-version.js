import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BootstrapError } from './bootstrap-error.js'

/**
 * Throws unless this Node is what `engines.node` of package.json asks for, in the form `>=MAJOR.MINOR`.
 *
 * @param {string} root
 * @param {string} [version] Default: the version of this process
 */
export function checkNodeVersion(root, version = process.versions.node) {
  const range = String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines?.node)
  const wanted = /^>=(\d+)\.(\d+)$/.exec(range)
  if (!wanted) throw new Error(`engines.node of package.json is "${range}"; this check reads only ">=MAJOR.MINOR"`)
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [wantedMajor, wantedMinor] = [Number(wanted[1]), Number(wanted[2])]
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return
  throw new BootstrapError(
    `Sundial needs Node ${wantedMajor}.${wantedMinor} or newer, and this is Node ${version} (${process.execPath}). Install a current Node, then run the command again.`,
  )
}

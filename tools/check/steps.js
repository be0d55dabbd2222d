import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { commitMessages } from '../commit-messages.js'
import { staleFiles } from '../generated-files.js'
import { importEdges } from '../import-edges/index.js'
import { checkLockFile, lockFileNote } from '../lock-file.js'
import { fileSizes } from '../text/file-sizes.js'
import { forbiddenWords } from '../text/forbidden-words.js'

/**
 * @typedef {{ output: string, note?: string | undefined } & ({ status: 'ok' | 'failed' } | { status: 'skipped', reason: string })} Outcome
 * @typedef {{ name: string, run: () => Promise<Outcome> }} Step
 */

/**
 * What `npm run check` does, in two stages: types first, since the linter reads what that compiles; then all the rest.
 *
 * @param {string} root
 * @returns {readonly (readonly Step[])[]}
 */
export function steps(root) {
  /** @param {string} script @param {readonly string[]} args */
  const node = (script, args) => program(root, [join(root, 'node_modules', script), ...args])
  return [
    [
      {
        name: 'types',
        run: async () =>
          firstFailure([() => node('typescript/bin/tsc', ['-b', '--pretty', 'false']), () => node('typescript/bin/tsc', ['-p', 'tools', '--pretty', 'false'])]),
      },
    ],
    [
      { name: 'lint', run: () => node('oxlint/bin/oxlint', []) },
      { name: 'dead code', run: () => node('knip/bin/knip.js', ['--no-config-hints']) },
      { name: 'format', run: () => node('oxfmt/bin/oxfmt', ['--check', '.']) },
      { name: 'commits', run: async () => problems(await commitMessages(root), 'not a git repository') },
      { name: 'generated files', run: async () => problems(await staleFiles(root)) },
      { name: 'import edges', run: async () => problems(importEdges(root)) },
      { name: 'file sizes', run: async () => problems(fileSizes(root)) },
      { name: 'forbidden words', run: async () => problems(forbiddenWords(root)) },
      { name: 'lock file', run: async () => ({ ...problems(checkLockFile(root)), note: lockFileNote(root) }) },
    ],
  ]
}

/** @param {readonly string[] | undefined} found undefined: nothing to read @param {string} [reason] why there is nothing @returns {Outcome} */
function problems(found, reason = '') {
  if (!found) return { status: 'skipped', output: '', reason }
  return { status: found.length === 0 ? 'ok' : 'failed', output: found.join('\n') }
}

/** @param {readonly (() => Promise<Outcome>)[]} runs @returns {Promise<Outcome>} */
async function firstFailure(runs) {
  for (const run of runs) {
    const outcome = await run()
    if (outcome.status !== 'ok') return outcome
  }
  return { status: 'ok', output: '' }
}

/** @param {string} root @param {string[]} args for Node @returns {Promise<Outcome>} */
function program(root, args) {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } }, (error, stdout, stderr) => {
      resolve({ status: error ? 'failed' : 'ok', output: `${stdout}${stderr}`.trim() || (error?.message ?? '') })
    })
  })
}

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** @typedef {import('./summary.js').Results} Results */

/**
 * Runs vitest once in `folder`.
 *
 * @param {string} folder
 * @param {readonly string[]} args As for `vitest run`
 * @param {'inherit' | 'ignore'} [output] What becomes of vitest's own output. Default: shown
 * @returns {Promise<{ results: Results | undefined, exit: number | NodeJS.Signals }>} no results when vitest did not come that far
 */
export function runVitest(folder, args, output = 'inherit') {
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const reporters = [...(args.some((arg) => arg.startsWith('--reporter')) ? [] : ['default']), fileURLToPath(new URL('results-reporter.js', import.meta.url))]
  const child = spawn(process.execPath, [vitest, 'run', ...reporters.map((reporter) => `--reporter=${reporter}`), ...args], {
    cwd: folder,
    stdio: ['inherit', output, output, 'ipc'],
  })
  return new Promise((resolve, reject) => {
    /** @type {Results | undefined} */
    let results
    child.on('message', (message) => {
      results = /** @type {Results} */ (message)
    })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ results, exit: signal ?? code ?? 1 }))
  })
}

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The environment variable that tells the reporter where to write. */
export const RESULTS_FILE = 'SUNDIAL_TEST_RESULTS'

/**
 * Runs vitest once in `folder`.
 *
 * @param {string} folder
 * @param {readonly string[]} args As for `vitest run`
 * @param {'inherit' | 'ignore'} [output] What becomes of vitest's own output. Default: shown
 * @returns {Promise<{ results: import('./summary.js').Results | undefined, exit: number | NodeJS.Signals }>} no results when vitest did not come that far
 */
export async function runVitest(folder, args, output = 'inherit') {
  const temporary = mkdtempSync(join(tmpdir(), 'sundial-test-'))
  const file = join(temporary, 'results.json')
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const reporters = [...(args.some((arg) => arg.startsWith('--reporter')) ? [] : ['default']), fileURLToPath(new URL('results-reporter.js', import.meta.url))]
  try {
    const child = spawn(process.execPath, [vitest, 'run', ...reporters.map((reporter) => `--reporter=${reporter}`), ...args], {
      cwd: folder,
      stdio: ['inherit', output, output],
      env: { ...process.env, [RESULTS_FILE]: file },
    })
    /** @type {number | NodeJS.Signals} */
    const exit = await new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (code, signal) => resolve(signal ?? code ?? 1))
    })
    return { exit, results: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined }
  } finally {
    rmSync(temporary, { recursive: true })
  }
}

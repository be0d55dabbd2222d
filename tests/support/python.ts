import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Python with these packages, in a cache of this user's that is made once; or why there is none. A machine without the package index cannot have it. */
export async function pythonWith(...packages: readonly string[]): Promise<{ readonly program: string } | { readonly missing: string }> {
  const name = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 12)
  const folder = join(homedir(), '.cache', 'sundial', 'python', name)
  const program = join(folder, 'bin', 'python')
  if (existsSync(join(folder, 'ready'))) return { program }
  try {
    await run('python3', ['-m', 'venv', folder])
  } catch (error) {
    return { missing: `there is no Python 3 with venv: ${(error as Error).message}` }
  }
  try {
    await run(program, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], { timeout: 110_000 })
    await run(program, ['-c', `open(${JSON.stringify(join(folder, 'ready'))}, 'w')`])
    return { program }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    const { stderr: said = '' } = error as { stderr?: string }
    // Anything else than that the index cannot be reached is a fault of the test.
    if (!/connection|resolve|network|unreachable|timed out|Could not find a version/i.test(said)) throw error
    return { missing: `pip cannot get ${packages.join(' and ')}: ${said.trim().split('\n').at(-1)}` }
  }
}

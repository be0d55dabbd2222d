import type { Context } from './context.ts'
import { StepError } from './errors.ts'
import { lastLines, runCommand } from './run-command.ts'

/** From this version on, Go fetches a newer Go by itself where a module asks for it, unless told not to. */
const FETCHES_ITSELF = '1.21'

/**
 * Makes sure that there is a Go that can build the program.
 * @throws StepError with what was found
 */
export async function checkGo(context: Context, minimumVersion: string): Promise<void> {
  const { code, stdout, stderr } = await runCommand('go', ['env', 'GOVERSION', 'GOTOOLCHAIN'], { env: context.env, signal: context.signal }).catch(
    (error: unknown) => {
      context.signal.throwIfAborted()
      throw new StepError('go', 'Go is not installed, or not on the PATH', error)
    },
  )
  if (code !== 0) throw new StepError('go', `go env ended with ${code}: ${lastLines(stderr)}`)
  const [goVersion = '', toolchain = ''] = stdout.split('\n')
  const version = goVersion.replace(/^go/, '').split(' ')[0] ?? ''
  if (!isAtLeast(version, minimumVersion) && !(isAtLeast(version, FETCHES_ITSELF) && /(^|\+)(auto|path)$/.test(toolchain))) {
    throw new StepError('go', `Go is ${version}, and ${minimumVersion} or newer is needed (GOTOOLCHAIN=${toolchain})`)
  }
}

/** Compares versions of Go, whose parts are numbers; a release candidate counts as its release. */
export function isAtLeast(version: string, minimum: string): boolean {
  const numbers = (text: string) => text.split('.').map((part) => Number.parseInt(part, 10) || 0)
  const [found, wanted] = [numbers(version), numbers(minimum)]
  for (let index = 0; index < Math.max(found.length, wanted.length); index++) {
    const difference = (found[index] ?? 0) - (wanted[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

import { join } from 'node:path'
import type { Context } from './context.ts'
import { StepError } from './errors.ts'
import { javaVersions, type MavenSource } from './program.ts'
import { lastLines, runCommand } from './run-command.ts'

/**
 * Makes sure that there is a Java that can run a program: that of its own variable, or the first on the PATH.
 * @throws StepError with what was found
 */
export async function checkJava({ env, signal }: Context, java: MavenSource['java']): Promise<void> {
  const { oldest, newest = Infinity, homeVariable } = java
  const home = env[homeVariable]
  const command = home ? join(home, 'bin', 'java') : 'java'
  const needed = `${javaVersions(java)} is needed`
  const { code, stderr, stdout } = await runCommand(command, ['-version'], { env, signal }).catch((error: unknown) => {
    signal.throwIfAborted()
    const where = home ? `there is no ${command}, which ${homeVariable} asks for` : 'Java is not installed, or not on the PATH'
    throw new StepError('maven', `${where}; ${needed}`, error)
  })
  // macOS has a "java" that only says how to get one.
  if (code !== 0) throw new StepError('maven', `${command} -version ended with ${code}: ${lastLines(stderr || stdout)}; ${needed}`)
  const major = majorVersion(stderr || stdout)
  if (major === undefined) throw new StepError('maven', `${command} does not say which version it is: ${lastLines(stderr || stdout)}; ${needed}`)
  if (major < oldest || major > newest) throw new StepError('maven', `${command} is Java ${major}, and ${needed}; ${homeVariable} can name another`)
}

/** Until Java 8 the major version was the second number: 1.8.0_392. */
function majorVersion(text: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? []
  return first === undefined ? undefined : Number(first === '1' ? second : first)
}

import { join } from 'node:path'
import type { Context } from './context.ts'
import { StepError } from './errors.ts'
import type { MavenSource } from './program.ts'
import { lastLines, runCommand } from './run-command.ts'

/**
 * Makes sure that there is a Java that can run a program: that of OPENSEARCH_JAVA_HOME, or the first on the PATH.
 * @throws StepError with what was found
 */
export async function checkJava({ env, signal }: Context, { oldest, newest }: MavenSource['java']): Promise<void> {
  const home = env['OPENSEARCH_JAVA_HOME']
  const command = home ? join(home, 'bin', 'java') : 'java'
  const needed = `Java ${oldest} to ${newest} is needed`
  const { code, stderr, stdout } = await runCommand(command, ['-version'], { env, signal }).catch((error: unknown) => {
    signal.throwIfAborted()
    const where = home ? `there is no ${command}, which OPENSEARCH_JAVA_HOME asks for` : 'Java is not installed, or not on the PATH'
    throw new StepError('maven', `${where}; ${needed}`, error)
  })
  // macOS has a "java" that only says how to get one.
  if (code !== 0) throw new StepError('maven', `${command} -version ended with ${code}: ${lastLines(stderr || stdout)}; ${needed}`)
  const major = majorVersion(stderr || stdout)
  if (major === undefined) throw new StepError('maven', `${command} does not say which version it is: ${lastLines(stderr || stdout)}; ${needed}`)
  if (major < oldest || major > newest) throw new StepError('maven', `${command} is Java ${major}, and ${needed}; OPENSEARCH_JAVA_HOME can name another`)
}

/** Until Java 8 the major version was the second number: 1.8.0_392. */
function majorVersion(text: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? []
  return first === undefined ? undefined : Number(first === '1' ? second : first)
}

import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { SundialError } from '@sundial/platform'

/** Which cluster is meant; kubectl's current one if nothing is said. */
export interface ClusterChoice {
  readonly context: string | undefined
}

interface Answer {
  readonly code: number | null
  readonly output: string
  readonly errors: string
}

/**
 * Runs kubectl, which knows every way to log in to a cluster, and gives what it prints.
 * @throws SundialError `SUN_KUBECTL_FAILED`
 */
export async function kubectl(args: readonly string[], { context }: ClusterChoice, input = ''): Promise<string> {
  const { code, output, errors } = await run([...(context === undefined ? [] : ['--context', context]), ...args], input)
  if (code === 0) return output
  throw new SundialError(
    'SUN_KUBECTL_FAILED',
    `kubectl ${args[0]} failed:\n${errors
      .trim()
      .split('\n')
      .slice(0, LINES)
      .map((line) => `      ${line}`)
      .join('\n')}`,
    {
      hint: 'kubectl config get-contexts shows the clusters that it knows; --context chooses one.',
    },
  )
}

/** The beginning says what is wrong; a cluster without a definition says it for each object. */
const LINES = 8

async function run(args: readonly string[], input: string): Promise<Answer> {
  const child = spawn('kubectl', args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  // It may have ended before it read all: its exit code says so.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  try {
    const [code, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
    return { code, output, errors }
  } catch (error) {
    throw new SundialError('SUN_KUBECTL_FAILED', `kubectl does not start: ${(error as Error).message}`, {
      hint: 'Install kubectl, and put it on the PATH.',
      cause: error,
    })
  }
}

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { cleanEnvironment } from './environment.ts'

export interface RunOptions {
  readonly signal: AbortSignal
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Runs a program to its end, and gives what it printed. Rejects with what it said if it fails. */
export async function run(command: string, args: readonly string[], { signal, env = {}, cwd }: RunOptions): Promise<string> {
  const options = { signal, env: cleanEnvironment(env), maxBuffer: 16 * 1024 * 1024, ...(cwd !== undefined && { cwd }) }
  const { stdout } = await promisify(execFile)(command, args, options)
  return stdout
}

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly stateRoot: string
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/** What `./sundial` runs once everything is installed and built, as it is when tests run. */
export const COMMAND = `${ROOT}packages/cli/dist/bin.js`

/** Runs the command as a user does, and waits for its end. */
export function sundial(args: readonly string[], { stateRoot, cwd = ROOT, env = {} }: CommandOptions): Promise<Finished> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    env: { ...process.env, SUNDIAL_STATE: stateRoot, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (stderr += String(chunk)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
}

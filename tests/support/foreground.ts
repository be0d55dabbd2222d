import { spawn } from 'node:child_process'
import { COMMAND, ROOT, type CommandOptions } from './command.ts'

/** A command that stays, as in a terminal of its own. */
export interface Foreground {
  /** All that it has said. */
  output(): string
  /** Waits until it has said something, and gives all of its output. Rejects when it ends before. */
  until(pattern: RegExp): Promise<string>
  /** Ctrl-C; resolves to its exit code. */
  stop(): Promise<number | null>
}

export function foreground(args: readonly string[], { stateRoot, cwd = ROOT, env = {} }: CommandOptions): Foreground {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd,
    env: { ...process.env, SUNDIAL_STATE: stateRoot, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const until = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => void (pattern.test(output) && resolve(output))
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look)
      void ended.then(() => reject(new Error(`it ended before ${pattern}:\n${output}`)))
      look()
    })
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null) child.kill('SIGINT')
    return ended
  }
  return { output: () => output, until, stop }
}

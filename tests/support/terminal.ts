import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { COMMAND, ROOT } from './command.ts'

export interface TerminalOptions {
  readonly stateRoot: string
  readonly columns: number
  readonly env?: NodeJS.ProcessEnv
}

/** What the command writes to a terminal of that many columns: `script`, of every Linux, makes one. */
export async function onTerminal(args: readonly string[], { stateRoot, columns, env = {} }: TerminalOptions): Promise<readonly string[]> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...own } = process.env
  const command = `stty cols ${columns} rows 50; exec "${process.execPath}" "${COMMAND}" ${args.join(' ')}`
  const { stdout } = await promisify(execFile)('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: ROOT,
    env: { ...own, SUNDIAL_STATE: stateRoot, TERM: 'xterm-256color', ...env },
  })
  return stdout.replaceAll('\r\n', '\n').trimEnd().split('\n')
}

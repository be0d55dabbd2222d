import { readStatus, stateFolder } from '@sundial/local'
import { suggest, SundialError } from '@sundial/platform'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { followLogs, LogFile, logNames, logsOf } from '../log-files.ts'
import { print } from '../output.ts'
import { screen } from '../terminal.ts'
import { logPrefix } from '../views/log-lines.ts'

export async function run({ args, options }: CommandCall): Promise<void> {
  const state = stateFolder(findProject().folder, environmentName(String(options['environment'])))
  const folder = state.logs
  const lines = Number(options['lines'])
  if (!Number.isInteger(lines) || lines < 0)
    throw new SundialError('SUN_USAGE', `--lines is "${String(options['lines'])}"; it must be a whole number, 0 or more`, { hint: 'For example: --lines 100' })
  const known = await logNames(folder)
  if (known.length === 0)
    throw new SundialError('SUN_NOT_RUNNING', `there are no logs in ${folder} yet`, { hint: 'They are there once the platform was started: ./sundial up' })
  const [name] = args
  const wanted = logsOf(name, known, (await readStatus(state))?.processes)
  if (name !== undefined && wanted.length === 0) {
    const hint = suggest(name, known) ?? 'Use one of these.'
    throw new SundialError('SUN_UNKNOWN_NAME', `there is no log of "${name}"; known: ${known.join(', ')}`, { hint })
  }
  const logs = wanted.map((each) => new LogFile(folder, each))
  // With several logs, each line says whose it is.
  const prefixed = logPrefix(
    logs.map((log) => log.name),
    screen(),
  )
  const write = (source: string, line: string): void => print(prefixed(source, line))
  for (const log of logs) for (const line of await log.lastLines(lines)) write(log.name, line)
  if (options['follow']) await followLogs(folder, logs, { write })
}

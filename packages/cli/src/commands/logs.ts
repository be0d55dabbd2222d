import { stateFolder } from '@sundial/local'
import { suggest, SundialError } from '@sundial/platform'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { followLogs, lastLines, logNames } from '../log-files.ts'

export async function run({ args, options }: CommandCall): Promise<void> {
  const folder = stateFolder(findProject().folder, environmentName(String(options['environment']))).logs
  const lines = Number(options['lines'])
  if (!Number.isInteger(lines) || lines < 0)
    throw new SundialError('SUN_UNKNOWN_NAME', `--lines is "${options['lines']}"; it must be a whole number, 0 or more`, { hint: 'For example: --lines 100' })
  const known = await logNames(folder)
  const [name] = args
  if (name !== undefined && !known.includes(name)) {
    const hint = suggest(name, known) ?? 'Logs are there once the platform was started: ./sundial up'
    throw new SundialError('SUN_UNKNOWN_NAME', `there is no log of "${name}"; known: ${known.join(', ') || 'none'}`, { hint })
  }
  const names = name === undefined ? known : [name]
  // With several logs, each line says whose it is.
  const width = Math.max(0, ...names.map((each) => each.length))
  const write = (source: string, line: string): void => void process.stdout.write(names.length > 1 ? `${source.padEnd(width)} ${line}\n` : `${line}\n`)
  for (const source of names) for (const line of await lastLines(folder, { name: source, lines })) write(source, line)
  if (options['follow']) await followLogs(folder, { names, write })
}

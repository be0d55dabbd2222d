import { SundialError } from '@sundial/platform'
import { CommanderError } from 'commander'
import type { CommandCall, CommandDefinition } from './commands.ts'
import { createProgram } from './program.ts'
import { reportError } from './report-error.ts'
import { terminalOf } from './terminal.ts'

/** What other tools call the same: no spelling leads from one to the other. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  start: 'up',
  run: 'up',
  stop: 'down',
  ps: 'status',
  list: 'status',
  check: 'config check',
  schema: 'config schema',
}

/** Runs the command line; sets the exit code: 0 done, 1 the answer is no, 2 could not run. */
export async function main(args: readonly string[]): Promise<void> {
  // Whoever read our output may be gone: a closed pipe is no error, and must not end a platform that runs.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe)
  const program = createProgram({ out: terminalOf(process.stdout), error: terminalOf(process.stderr), run })
  try {
    refuseOtherWord(args[0])
    await program.parseAsync(isVersion(args[0]) ? ['version', ...args.slice(1)] : args, { from: 'user' })
  } catch (error) {
    // Commander has printed its message already; asking for help is not a failure.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else process.exitCode = reportError(error, { json: args.includes('--json') })
  }
}

async function run({ load }: CommandDefinition, call: CommandCall): Promise<void> {
  if (!load) return
  const command = await load()
  process.exitCode = (await command.run(call)) ?? process.exitCode ?? 0
}

function refuseOtherWord(word: string | undefined): void {
  const meant = word !== undefined && Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : undefined
  if (meant !== undefined) throw new SundialError('SUN_USAGE', `there is no command "${word}"`, { hint: `Did you mean: ./sundial ${meant}` })
}

function isVersion(word: string | undefined): boolean {
  return word === '--version' || word === '-V'
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error
}

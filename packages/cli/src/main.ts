import { Command, CommanderError } from 'commander'
import { COMMANDS, type CommandDefinition } from './commands.ts'
import { SundialError } from '@sundial/platform'
import { reportError } from './report-error.ts'

/** What other tools call the same: no spelling leads from one to the other. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  start: 'up',
  run: 'up',
  stop: 'down',
  ps: 'status',
  list: 'status',
  validate: 'config check',
  check: 'config check',
  schema: 'config schema',
}

/** Runs the command line; sets the exit code: 0 done, 1 the answer is no, 2 could not run. */
export async function main(args: readonly string[]): Promise<void> {
  // Whoever read our output may be gone: a closed pipe is no error, and must not end a platform that runs.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe)
  const program = new Command('sundial')
    .description('One typed model of a production Temporal platform: runs here, ships to Kubernetes.')
    .showHelpAfterError('(--help shows what is possible)')
    .helpCommand('help [command]', 'Show the help of a command')
    .option('-V, --version', 'show versions; the same as: sundial version')
    .exitOverride()
  for (const definition of COMMANDS) add(program, definition)
  try {
    refuseOtherWord(args[0])
    await program.parseAsync(isVersion(args[0]) ? ['version', ...args.slice(1)] : args, { from: 'user' })
  } catch (error) {
    // Commander has printed its message already; asking for help is not a failure.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else process.exitCode = reportError(error, { json: args.includes('--json') })
  }
}

function add(parent: Command, { name, summary, description, options = [], examples, load, subcommands = [] }: CommandDefinition): void {
  const command = parent
    .command(name)
    .summary(summary)
    .description(description ?? summary)
    .exitOverride()
    .showHelpAfterError('(--help shows what is possible)')
  for (const { flags, description: what, default: preset, repeatable } of options) {
    if (repeatable) command.option(flags, what, (value: string, before: readonly string[]) => [...before, value], [])
    else command.option(flags, what, preset)
  }
  if (examples) command.addHelpText('after', `\nExamples:\n${examples.map(([line, what]) => `  ${line.padEnd(44)} ${what}`).join('\n')}`)
  if (load) {
    command.action(async () => {
      const { run } = await load()
      process.exitCode = (await run({ args: command.args, options: command.opts() })) ?? process.exitCode ?? 0
    })
  }
  for (const subcommand of subcommands) add(command, subcommand)
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

import { Command } from 'commander'
import { COMMANDS, type CommandCall, type CommandDefinition } from './commands.ts'
import { pairs } from './output.ts'
import type { Terminal } from './terminal.ts'

export interface ProgramOptions {
  /** For help that was asked for, and for help after a mistake. */
  readonly out: Terminal
  readonly error: Terminal
  /** Runs a command. */
  readonly run: (definition: CommandDefinition, call: CommandCall) => Promise<void>
}

/** Where lines are not broken by a terminal, help is as wide as a usual one. */
const USUAL_WIDTH = 80
/** Descriptions have lines of their own in a narrow terminal, as long as this many columns are left for them. */
const SMALLEST_COLUMN = 20

/** The command line: every command of the table with its options and its help. */
export function createProgram({ out, error, run }: ProgramOptions): Command {
  const program = new Command('sundial')
    .description('One typed model of a production Temporal platform: runs here, ships to Kubernetes.')
    .configureOutput({
      getOutHelpWidth: () => widthOf(out),
      getErrHelpWidth: () => widthOf(error),
      getOutHasColors: () => out.colors.isColorSupported,
      getErrHasColors: () => error.colors.isColorSupported,
    })
    .configureHelp({
      styleTitle: (title) => bold(title),
      // That each has options says nothing.
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map((argument) => `[${argument.name()}]`)].join(' '),
      optionDescription: ({ description, defaultValue }) =>
        defaultValue === undefined || Array.isArray(defaultValue) ? description : `${description} (default: ${String(defaultValue)})`,
      minWidthToWrap: SMALLEST_COLUMN,
    })
    .helpOption('-h, --help', 'show this help')
    .option('-V, --version', 'show versions; the same as: sundial version')
    .showHelpAfterError('(--help shows what is possible)')
    .helpCommand('help [command]', 'Show the help of a command')
    .exitOverride()
  for (const definition of COMMANDS) add(program, definition, { out, error, run })
  return program
}

function add(parent: Command, definition: CommandDefinition, options: ProgramOptions): void {
  const { name, summary, description, options: flags = [], examples, load, subcommands = [] } = definition
  const command = parent
    .command(name)
    .summary(summary)
    .description(description ?? summary)
    .exitOverride()
    .showHelpAfterError('(--help shows what is possible)')
  for (const option of flags) {
    if (option.repeatable) command.option(option.flags, option.description, (value: string, before: readonly string[]) => [...before, value], [])
    else command.option(option.flags, option.description, option.default)
  }
  if (examples) command.addHelpText('after', ({ error }) => exampleText(examples, error ? options.error : options.out))
  if (load) command.action(() => options.run(definition, { args: command.args, options: command.opts() }))
  for (const subcommand of subcommands) add(command, subcommand, options)
}

function exampleText(examples: NonNullable<CommandDefinition['examples']>, terminal: Terminal): string {
  const width = widthOf(terminal)
  const title = terminal.colors.isColorSupported ? bold('Examples:') : 'Examples:'
  return `\n${title}\n${pairs(examples, { width })}`
}

function widthOf({ width }: Terminal): number {
  return width === Infinity ? USUAL_WIDTH : width
}

/** The program takes colours away again where there are none. */
function bold(text: string): string {
  return `\u001B[1m${text}\u001B[22m`
}

// Prints docs/reference/commands.md from the table of commands: `node tools/command-reference.js > docs/reference/commands.md`.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './bootstrap.js'

/**
 * @typedef {{ flags: string, description: string, default?: string }} Option
 * @typedef {{
 *   name: string, summary: string, description?: string, options?: readonly Option[], load?: unknown,
 *   examples?: readonly (readonly [line: string, what: string])[], subcommands?: readonly CommandEntry[],
 * }} CommandEntry one that has no `load` only groups others
 */

const INTRODUCTION = `# Commands

In a clone of this repository the command is \`./sundial\`. It finds the platform by its \`sundial.config.ts\` or \`sundial.config.yaml\`, in the current folder or the nearest one above it.
\`sundial help COMMAND\` shows what is below, too.

Exit codes: 0 it is done; 1 the answer is no, such as an invalid configuration or a platform that does not run; 2 it could not run. [Errors](errors.md) lists
what can go wrong. With \`--json\`, results and errors are JSON: results on standard output, errors on standard error. A wrong command line is answered in words.`

/** @param {readonly CommandEntry[]} commands */
export function commandReference(commands) {
  return `${[INTRODUCTION, ...commands.flatMap((command) => sections(command, 'sundial'))].join('\n\n')}\n`
}

/** @param {CommandEntry} command @param {string} parent what is written before its name @returns {string[]} */
function sections(command, parent) {
  const { name, load, subcommands = [] } = command
  const [word = name] = name.split(' ')
  return [...(load ? [section(command, parent)] : []), ...subcommands.flatMap((subcommand) => sections(subcommand, `${parent} ${word}`))]
}

/** @param {CommandEntry} command @param {string} parent */
function section({ name, summary, description = summary, options = [], examples = [] }, parent) {
  const parts = [
    `## ${parent} ${name}`,
    description.endsWith('.') ? description : `${description}.`,
    options.map((option) => `- \`${option.flags}\`: ${option.description}${option.default === undefined ? '' : `. Default: ${option.default}`}`).join('\n'),
    examples.length === 0 ? '' : ['```sh', ...examples.flatMap(([line, what]) => [`# ${what}`, line]), '```'].join('\n'),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { COMMANDS } = await import(pathToFileURL(join(root, 'packages/cli/dist/commands.js')).href)
  process.stdout.write(commandReference(COMMANDS))
}

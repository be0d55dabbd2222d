import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Context } from './context.ts'
import { StepError, variableOf } from './errors.ts'
import { isExecutable, namesVersion, versionText } from './executable.ts'
import type { ResolvedProgram } from './program.ts'

/**
 * The program that the user points at, which may be of any version.
 * @returns nothing if the variable is not set
 * @throws StepError if it is set and useless: to look elsewhere would hide the mistake
 */
export async function fromExplicitPath({ request, env, report }: Context): Promise<ResolvedProgram | undefined> {
  const variable = variableOf(request.name)
  const value = env[variable]
  if (!value) return undefined
  const path = resolve(value)
  const commands = await commandsAt(path, request.commands)
  const absent = Object.values(commands).length === 0 ? [path] : []
  for (const command of Object.values(commands)) if (!(await isExecutable(command))) absent.push(command)
  if (absent.length > 0) throw new StepError('explicit', `${variable} is ${value}, and ${absent.join(' and ')} cannot be run`)
  for (const command of Object.values(commands)) {
    const text = await versionText(command, request.versionArguments).catch((error: Error) => {
      throw new StepError('explicit', `${variable}: ${error.message}`, error)
    })
    const expected = request.commandVersions?.[basename(command)] ?? request.version
    if (!namesVersion(text, expected)) report('explicit', `${command} says "${text}"; the platform expects ${expected}`)
  }
  return { name: request.name, version: request.version, from: 'explicit', commands }
}

/** A folder holds all commands. A file is the first of them, with the others beside it. */
async function commandsAt(path: string, names: readonly string[]): Promise<Record<string, string>> {
  const isFolder = await stat(path).then(
    (entry) => entry.isDirectory(),
    () => undefined,
  )
  if (isFolder === undefined) return {}
  const folder = isFolder ? path : dirname(path)
  return Object.fromEntries(names.map((name, index) => [name, !isFolder && index === 0 ? path : join(folder, name)]))
}

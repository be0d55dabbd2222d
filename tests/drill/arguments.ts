import { parseArgs } from 'node:util'
import type { Drill } from './drill.ts'

/** Arguments that say nothing that can be run. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What the arguments ask for: a drill and its numbers, or help. */
export function readArguments(drills: readonly Drill[], args: readonly string[]): { drill: Drill; options: Record<string, number> } | 'help' {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || rest.includes('--help')) return 'help'
  const drill = drills.find((candidate) => candidate.name === name)
  if (!drill) throw new UsageError(`there is no drill "${name}"; there are: ${drills.map((each) => each.name).join(', ')}`)
  return { drill, options: numbers(drill, rest) }
}

function numbers({ name, options }: Drill, args: readonly string[]): Record<string, number> {
  const types = Object.fromEntries(Object.keys(options).map((key) => [key, { type: 'string' as const }]))
  let values: Record<string, string | undefined>
  try {
    values = parseArgs({ args: [...args], options: types }).values
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`, { cause: error })
  }
  return Object.fromEntries(Object.entries(options).map(([key, option]) => [key, values[key] === undefined ? option.default : positive(key, values[key])]))
}

function positive(key: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new UsageError(`--${key} is "${text}"; write a whole number above 0`)
}

export function help(drills: readonly Drill[]): string {
  const lines = drills.flatMap(({ name, summary, options }) => [
    `  ${name}  ${summary}`,
    ...Object.entries(options).map(([key, option]) => `      --${key} <number>  ${option.what} (default ${option.default})`),
  ])
  return [
    'npm run drill -- <drill> [options]: a long test; its result is written to bench/results. Exit code 1: something was not as it must be.',
    '',
    ...lines,
  ].join('\n')
}

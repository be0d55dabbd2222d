import { installPrograms, type InstalledProgram } from '@sundial/local'
import colors from 'picocolors'
import type { CommandCall } from '../commands.ts'
import { findProject } from '../config.ts'
import { loadPlan } from '../load-plan.ts'
import { print, printJson, table } from '../output.ts'
import { ProgressLine } from '../progress.ts'

export async function run({ options }: CommandCall): Promise<void> {
  const plan = await loadPlan(findProject(), options)
  const progress = new ProgressLine()
  const programs = await installPrograms(plan, { onProgress: (event) => progress.program(event) }).finally(() => progress.clear())
  if (options['json']) printJson(programs)
  else print(describe(programs))
}

const WAYS: Record<string, string> = {
  explicit: 'named by an environment variable',
  cache: 'in the cache',
  release: 'downloaded now',
  go: 'built now with go install',
  machine: 'installed on this machine',
  package: 'from an npm package',
}

function describe(programs: readonly InstalledProgram[]): string {
  const rows = programs.flatMap((program) => Object.entries(program.commands).map(([command, path]) => ({ ...program, command, path })))
  return table(rows, [
    { title: 'PROGRAM', value: (row) => row.command },
    { title: 'VERSION', value: (row) => row.version },
    { title: 'FROM', value: (row) => WAYS[row.from] ?? row.from },
    { title: 'PATH', value: (row) => row.path, color: colors.dim },
  ])
}

import type { InstalledProgram } from '@sundial/local'
import { table } from '../output.ts'
import { screen, type Terminal } from '../terminal.ts'

const WAYS: Record<string, string> = {
  explicit: 'named by an environment variable',
  cache: 'in the cache',
  release: 'downloaded now',
  go: 'built now with go install',
  maven: 'put together now from Maven',
  machine: 'installed on this machine',
  package: 'from an npm package',
}

/** The programs, and where they come from. */
export function toolchainView(programs: readonly InstalledProgram[], terminal: Terminal = screen()): string {
  const rows = programs.flatMap((program) => Object.entries(program.commands).map(([command, path]) => ({ ...program, command, path })))
  return table(
    rows,
    [
      { title: 'PROGRAM', value: ({ command }) => command },
      { title: 'VERSION', value: ({ version }) => version },
      { title: 'FROM', value: ({ from }) => WAYS[from] ?? from },
      { title: 'PATH', value: ({ path }) => path, color: terminal.colors.dim },
    ],
    terminal,
  )
}

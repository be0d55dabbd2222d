import { knownVersions, programVersion } from '@sundial/platform/model'
import { resolvePrograms, type ProgramRequest } from '@sundial/local'
import type { Workspace } from './contestant.ts'

const CLI_VERSION = '1.5.1'
const CLI_RELEASE = `https://github.com/temporalio/cli/releases/download/v${CLI_VERSION}`

/** Temporal's command line tool: the last version that Go can build from the module proxy. It contains a server, 1.29.1. */
export const TEMPORAL_CLI: ProgramRequest = {
  name: 'temporal-cli',
  version: CLI_VERSION,
  commands: ['temporal'],
  release: { archiveUrl: `${CLI_RELEASE}/temporal_cli_${CLI_VERSION}_{os}_{arch}.tar.gz`, checksumsUrl: `${CLI_RELEASE}/checksums.txt` },
  go: {
    minimumVersion: '1.24.5',
    packages: { temporal: 'github.com/temporalio/cli/cmd/temporal' },
    versionVariable: 'github.com/temporalio/cli/temporalcli.Version',
  },
}

/** The server that Sundial runs by default. */
export const TEMPORAL_SERVER = serverOf(knownVersions('temporal')[0])

function serverOf(version: string): ProgramRequest {
  const { commands, release, go } = programVersion('temporal', version)
  return { name: 'temporal', version, commands, ...(release && { release }), ...(go && { go }) }
}

type Commands = Readonly<Record<string, string>>

const known = new Map<string, Promise<Commands>>()

/** The paths of a program's commands, fetched if it is not there. Looked for once a run. */
export function commandsOf(request: ProgramRequest, workspace: Workspace): Promise<Commands> {
  const commands = known.get(request.name) ?? find(request, workspace)
  known.set(request.name, commands)
  return commands
}

async function find(request: ProgramRequest, { note, signal }: Workspace): Promise<Commands> {
  const programs = await resolvePrograms([request], { signal, onProgress: ({ program, message }) => note(`${program}: ${message}`) })
  return programs.get(request.name)?.commands ?? {}
}

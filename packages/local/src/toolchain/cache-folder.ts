import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ProgramRequest } from './program.ts'

const GO_ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/** This machine in Go's words, which releases and cache folders use. */
export function hostPlatform(): { readonly os: string; readonly arch: string } {
  return { os: process.platform, arch: GO_ARCHITECTURES[process.arch] ?? process.arch }
}

/**
 * Everything that can be fetched again, and which ports the platforms of this user have while they run: $SUNDIAL_CACHE, or `sundial` in the
 * user's cache folder. Absolute.
 */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return resolve(env.SUNDIAL_CACHE || join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'sundial'))
}

/** Where a command is, from the folder that its program is installed in. */
export function commandPath({ binFolder = '.' }: ProgramRequest, command: string): string {
  return join(binFolder, command)
}

/** Where workers keep bundles of workflows. Bundling takes seconds, and an application's workflows change less often than it is started. */
export function bundleFolder(env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), 'bundles')
}

/** Where data folders of databases are that nobody has used yet. */
export function databasesFolder(env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), 'databases')
}

export function programFolder(request: ProgramRequest, env: NodeJS.ProcessEnv): string {
  const { os, arch } = hostPlatform()
  return join(cacheFolder(env), 'programs', request.name, `${request.version}-${os}-${arch}`)
}

import { join, resolve } from 'node:path'
import { SundialError } from '@sundial/platform/errors'
import { variableOf } from '../toolchain/errors.ts'
import { isExecutable, versionText } from '../toolchain/executable.ts'
import { embeddedPackage } from './embedded-package.ts'
import { machineFolders } from './machine-folders.ts'

export interface PostgresqlRequest {
  /** Data folders of one major cannot be opened by another. */
  readonly major: number
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv
}

export interface Postgresql {
  /** Holds `postgres` and `initdb`. The embedded one has no client programs. */
  readonly binFolder: string
  /** Such as 15.18. */
  readonly version: string
  readonly from: 'explicit' | 'machine' | 'package'
}

const VARIABLE = variableOf('postgresql')
/** What the platform runs. */
const COMMANDS = ['postgres', 'initdb'] as const

/**
 * A PostgreSQL of this major: the one that SUNDIAL_PROGRAM_POSTGRESQL names, else the machine's own, else the embedded one
 * that npm installs.
 * @throws SundialError `SUN_PROGRAM_MISSING` with why each was not used
 */
export async function findPostgresql(request: PostgresqlRequest): Promise<Postgresql> {
  const env = request.env ?? process.env
  const explicit = env[VARIABLE]
  if (explicit) {
    const found = await examine(resolve(explicit), request.major)
    if (typeof found === 'string') throw missing(request.major, [`${VARIABLE}: ${found}`])
    return { ...found, from: 'explicit' }
  }
  const problems = [`${VARIABLE} is not set`]
  for (const folder of machineFolders(request.major, env)) {
    if (!(await isExecutable(join(folder, 'postgres')))) continue
    const found = await examine(folder, request.major)
    if (typeof found !== 'string') return { ...found, from: 'machine' }
    problems.push(found)
  }
  const embedded = await embeddedPackage(env)
  const found = 'problem' in embedded ? embedded.problem : await examine(embedded.binFolder, request.major)
  if (typeof found === 'string') throw missing(request.major, [...problems, found])
  return { ...found, from: 'package' }
}

/** What a folder holds, or in words why it is not used. */
async function examine(binFolder: string, major: number): Promise<Omit<Postgresql, 'from'> | string> {
  for (const command of COMMANDS) if (!(await isExecutable(join(binFolder, command)))) return `${binFolder} has no ${command} that can be run`
  const text = await versionText(join(binFolder, 'postgres')).catch((error: Error) => error)
  if (text instanceof Error) return text.message
  const version = /\(PostgreSQL\) (\d+(?:\.\d+)?)/.exec(text)?.[1]
  if (version === undefined) return `${binFolder}: postgres says "${text}", which is not a version of PostgreSQL`
  return Number.parseInt(version, 10) === major ? { binFolder, version } : `${binFolder} has PostgreSQL ${version}, not ${major}`
}

function missing(major: number, problems: readonly string[]): SundialError {
  return new SundialError('SUN_PROGRAM_MISSING', [`postgresql ${major} could not be had:`, ...problems].join('\n  '), {
    hint: `Run npm install without --omit=optional, or install PostgreSQL ${major}, or set ${VARIABLE} to the folder of its postgres and initdb.`,
  })
}

import { join } from 'node:path'
import type { Plan, ProgramName } from '@sundial/platform/model'
import { knownVersions, managedServicesOf, programVersion } from '@sundial/platform/model'
import { releasedPrograms } from '@sundial/platform/render'
import { findPostgresql } from './postgresql/index.ts'
import { discardDamaged, resolvePrograms, type ProgramRequest, type ResolveOptions } from './toolchain/index.ts'

/** A program that is on this machine now. */
export interface InstalledProgram {
  readonly name: string
  readonly version: string
  /** How it was had: `explicit`, `cache`, `release`, `go`, `maven`, `machine` or `package`. */
  readonly from: string
  /** Absolute paths of its executables, by name. */
  readonly commands: Readonly<Record<string, string>>
}

/**
 * Every released program that the plan runs, fetched where it is missing.
 * @throws SundialError `SUN_PROGRAM_MISSING` with every way that was tried and why it failed
 */
export async function installPrograms(plan: Plan, options: ResolveOptions = {}): Promise<InstalledProgram[]> {
  // One that others run has its programs there.
  const isOurs = managedServicesOf(plan).some(({ name }) => name === 'postgresql')
  const postgresql = isOurs ? [await postgresqlProgram(plan, options)] : []
  return [...postgresql, ...(await resolvePrograms(programRequests(plan), options)).values()]
}

/**
 * Temporal's test server, in which time can be skipped, fetched where it is missing. No platform runs it.
 * @throws SundialError `SUN_PROGRAM_MISSING` with every way that was tried and why it failed
 */
export async function installTestServer(options: ResolveOptions = {}): Promise<InstalledProgram> {
  const name = 'temporal-test-server'
  const { capabilities: _capabilities, ...known } = programVersion(name, knownVersions(name)[0])
  const programs = await resolvePrograms([{ ...known, name }], options)
  return programs.get(name)!
}

/** After a start that failed: what of the cache is damaged, one line for each program. It is fetched again by the next {@link installPrograms}. */
export async function discardDamagedPrograms(plan: Plan): Promise<readonly string[]> {
  return discardDamaged(programRequests(plan))
}

/** PostgreSQL comes with the machine or from a package: nothing is fetched. */
async function postgresqlProgram({ platform }: Plan, { env }: ResolveOptions): Promise<InstalledProgram> {
  const { binFolder, version, from } = await findPostgresql({ major: Number(platform.versions.postgresql), ...(env && { env }) })
  return { name: 'postgresql', version, from, commands: { postgres: join(binFolder, 'postgres'), initdb: join(binFolder, 'initdb') } }
}

/** What the plan runs of released programs, with the ways to have each. Only the commands that it runs: the others need not be fetched. */
export function programRequests(plan: Plan): ProgramRequest[] {
  const used = new Map<ProgramName, { version: string; commands: Set<string> }>()
  for (const program of releasedPrograms(plan)) {
    if (program.name === 'postgresql') continue
    const { commands } = used.get(program.name) ?? { commands: new Set<string>() }
    used.set(program.name, { version: program.version, commands: commands.add(program.command) })
  }
  return [...used].map(([name, { version, commands }]) => {
    const { capabilities: _capabilities, ...known } = programVersion(name, version)
    return { ...known, name, commands: known.commands.filter((command) => commands.has(command)) }
  })
}

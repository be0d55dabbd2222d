import { join } from 'node:path'
import type { Plan, ProgramName } from '@sundial/platform/model'
import { managedServicesOf, programVersion, workloadsOf } from '@sundial/platform/model'
import { findPostgresql } from './postgresql/index.ts'
import { discardDamaged, resolvePrograms, type ProgramRequest, type ResolveOptions } from './toolchain/index.ts'

/** A program that is on this machine now. */
export interface InstalledProgram {
  readonly name: string
  readonly version: string
  /** How it was had: `explicit`, `cache`, `release`, `go`, `machine` or `package`. */
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

/** After a start that failed: what of the cache is damaged, one line for each program. It is fetched again by the next {@link installPrograms}. */
export async function discardDamagedPrograms(plan: Plan): Promise<readonly string[]> {
  return discardDamaged(programRequests(plan))
}

/** PostgreSQL comes with the machine or from a package: nothing is fetched. */
async function postgresqlProgram({ platform }: Plan, { env }: ResolveOptions): Promise<InstalledProgram> {
  const { binFolder, version, from } = await findPostgresql({ major: Number(platform.versions.postgresql), ...(env && { env }) })
  return { name: 'postgresql', version, from, commands: { postgres: join(binFolder, 'postgres'), initdb: join(binFolder, 'initdb') } }
}

/** What the plan runs of released programs, with the ways to have each. */
export function programRequests(plan: Plan): ProgramRequest[] {
  const used = new Map<ProgramName, string>()
  for (const { program } of workloadsOf(plan)) if (program.kind === 'released') used.set(program.name, program.version)
  return [...used].map(([name, version]) => {
    const { commands, release, go } = programVersion(name, version)
    return { name, version, commands, ...(release && { release }), ...(go && { go }) }
  })
}

import { ProgramError, resolvePrograms, type ProgramRequest } from '@sundial/local/toolchain'

/** A program that only tests run, and that is built from source: nobody downloads it for a platform. */
export interface GoProgram extends Pick<ProgramRequest, 'name' | 'version' | 'versionArguments'> {
  readonly go: NonNullable<ProgramRequest['go']>
}

/** A program's path on this machine, or why it has none. */
export type FoundProgram = { readonly path: string; readonly missing?: undefined } | { readonly path?: undefined; readonly missing: string }

/**
 * Builds a program where it is not in the cache yet, which may take minutes. Its one command has its name. `SUNDIAL_PROGRAM_<NAME>` names another.
 * @throws ProgramError in continuous integration, which can build it
 */
export async function goProgram({ go, ...program }: GoProgram): Promise<FoundProgram> {
  try {
    const programs = await resolvePrograms([{ ...program, commands: [program.name], go }])
    return { path: programs.get(program.name)!.commands[program.name]! }
  } catch (error) {
    if (process.env['CI'] || !(error instanceof ProgramError)) throw error
    return { missing: error.message }
  }
}

export { resolvePrograms } from './resolve-programs.ts'
export { cacheFolder } from './cache-folder.ts'
export { ProgramError, StepError, variableOf, type MissingProgram } from './errors.ts'
export type { GoSource, ProgramProgress, ProgramRequest, ReleaseSource, ResolvedProgram, ResolveOptions, Step } from './program.ts'

export { absolutePaths } from './absolute-paths.ts'
export { discardDamaged } from './discard-damaged.ts'
export { resolvePrograms } from './resolve-programs.ts'
export type { ProgramProgress, ProgramRequest, ResolveOptions } from './program.ts'

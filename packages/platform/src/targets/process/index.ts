export type { ProcessAdaptation, ProcessAdapter } from './adapter.ts'
export type { Machine } from './machine.ts'
export type * from './process-plan.ts'

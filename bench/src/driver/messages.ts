import type { Access } from './access.ts'
import type { FirstWorkflow } from './first-workflow.ts'
import type { LoadOptions, LoadResult } from './load.ts'
import type { ParkOptions } from './park.ts'
import type { StartsOptions, StartsResult } from './starts.ts'

/** What the driver can be asked to do, with its answer. */
export interface DriverTasks {
  'first-workflow': { ask: { readonly access: Access }; answer: FirstWorkflow }
  park: { ask: { readonly access: Access } & ParkOptions; answer: null }
  starts: { ask: { readonly access: Access } & StartsOptions; answer: StartsResult }
  load: { ask: { readonly access: Access } & LoadOptions; answer: LoadResult }
}

export type TaskName = keyof DriverTasks

export type Request = { [Name in TaskName]: { readonly task: Name } & DriverTasks[Name]['ask'] }[TaskName]

export type Reply = { readonly kind: 'ready' } | { readonly kind: 'done'; readonly answer: unknown } | { readonly kind: 'failed'; readonly message: string }

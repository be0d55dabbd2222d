import type { Contract } from '@sundial/contract'
import type { Logger, SettingsReader } from '@sundial/runtime'
import type { ActivityImplementations } from '../activity/index.ts'
import type { ReadinessSource } from './worker-readiness.ts'

/** What an application brings to its worker. */
export interface WorkerApplication<C extends Contract> {
  readonly activities: NoInfer<ActivityImplementations<C>>
  /** Runs when the last activity has ended: closes what activities use. @default nothing */
  stop?(): Promise<void>
  /** What else the worker must have to be ready, by name; before all of it is there for the first time it takes no work. @default only Temporal */
  readonly probes?: Readonly<Record<string, ReadinessSource>>
}

/** An application that has settings of its own. */
export interface ConfiguredApplication<C extends Contract, S> {
  /** Reads them. Leave `finish` to the worker: what is wrong is reported together with what is wrong of the worker's own. */
  settings(reader: SettingsReader): S
  /** Makes what activities use, when all settings are right. It should wait for nothing: a database may come up later than the worker. */
  start(settings: NoInfer<S>, logger: Logger): WorkerApplication<C> | Promise<WorkerApplication<C>>
}

/** The application's settings are read at once, and it is started later, when those of the worker are right too. */
export function readApplication<C extends Contract, S>(
  application: WorkerApplication<C> | ConfiguredApplication<C, S>,
  reader: SettingsReader,
): (logger: Logger) => Promise<WorkerApplication<C>> {
  if (!('settings' in application)) return () => Promise.resolve(application)
  const settings = application.settings(reader)
  return async (logger) => application.start(settings, logger)
}

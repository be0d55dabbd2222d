import type { Logger } from '@sundial/runtime'
import type { Logger as SdkLogger } from '@temporalio/worker'

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const

/** Told of everything that is logged. */
export type LogListener = (message: string, fields: Readonly<Record<string, unknown>>) => void

/** The SDK's words, and those of workflows and activities, in the process's own log. */
export function sdkLogger(logger: Logger, listener?: LogListener): SdkLogger {
  const at =
    (level: (typeof LEVELS)[keyof typeof LEVELS]) =>
    (message: string, given: Record<string | symbol, unknown> = {}) => {
      // There are some for every task, and nobody waits for these.
      if ((level === 'debug' || level === 'trace') && !logger.isLevelEnabled(level)) return
      // Long, and of use to whoever would answer in the activity's place.
      const meta = { ...given }
      delete meta['taskToken']
      logger[level](meta, message)
      listener?.(message, meta)
    }
  const log: SdkLogger['log'] = (level, message, meta) => at(LEVELS[level])(message, meta)
  return { log, trace: at('trace'), debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

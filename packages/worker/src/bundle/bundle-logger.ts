import type { Logger as SdkLogger } from '@temporalio/worker'
import type { Logger } from '@sundial/runtime'

/** The bundler's words at debug, and its errors kept for the message of what is thrown. */
export function bundleLogger(logger: Logger | undefined, errors: string[]): SdkLogger {
  const debug = (message: string) => logger?.debug(message)
  const error = (message: string) => void errors.push(message)
  return { log: (level, message) => (level === 'ERROR' ? error(message) : debug(message)), trace: debug, debug, info: debug, warn: debug, error }
}

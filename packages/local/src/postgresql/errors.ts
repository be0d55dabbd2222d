import { SundialError } from '@sundial/platform/errors'

/** The data folder, or the server's answer, is not what the platform can work with. */
export function postgresqlError(message: string, hint: string, cause?: unknown): SundialError {
  return new SundialError('SUN_START_FAILED', message, { hint, cause })
}

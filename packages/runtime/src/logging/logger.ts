import { type Logger, pino, stdSerializers } from 'pino'

export type { Logger } from 'pino'

/** Names under which secrets travel. */
const SECRETS = ['authorization', 'cookie', 'password', 'secret', 'clientSecret', 'client_secret', 'token', 'access_token', 'apiKey', 'privateKey']

/**
 * A logger that writes one JSON object a line to standard output, synchronously, so that the last words before an exit are not lost.
 * Values of fields that are named like secrets are replaced, at the top and up to two levels down.
 *
 * @param level one of trace, debug, info, warn, error, fatal, silent. @default LOG_LEVEL, or info
 */
export function createLogger(name: string, level: string = process.env['LOG_LEVEL']?.trim() || 'info'): Logger {
  if (!(level in pino.levels.values) && level !== 'silent') {
    throw new RangeError(`LOG_LEVEL is "${level}"; write one of ${Object.keys(pino.levels.values).join(', ')}, silent`)
  }
  return pino({
    name,
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: stdSerializers.err, error: stdSerializers.err },
    redact: { paths: SECRETS.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`]), censor: '[redacted]' },
  })
}

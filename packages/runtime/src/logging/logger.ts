import { type Logger, pino, stdSerializers } from 'pino'
import { isTracingOn } from '../tracing/tracing-settings.ts'
import { logLevelProblem } from './levels.ts'
import { traceFields } from './trace-fields.ts'

export type { Logger } from 'pino'

/** Names under which secrets travel. */
const SECRETS = ['authorization', 'cookie', 'password', 'secret', 'clientSecret', 'client_secret', 'token', 'access_token', 'apiKey', 'privateKey']

const CENSOR = '[redacted]'

/**
 * A logger that writes one JSON object a line to standard output, synchronously, so that the last words before an exit are not lost.
 * Values of fields that are named like secrets are replaced, at the top and up to two levels down. When the environment asks for traces,
 * what is logged within one has its `trace_id` and `span_id`.
 *
 * @param level one of trace, debug, info, warn, error, fatal, silent; any other is a `RangeError`. @default LOG_LEVEL, or info when that is not
 * set, or is wrong: a `SettingsReader` reports that, with everything else that is wrong
 */
export function createLogger(name: string, level: string = levelOf(process.env)): Logger {
  const problem = logLevelProblem(level)
  if (problem !== undefined) throw new RangeError(problem)
  return pino({
    name,
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: stdSerializers.err, error: stdSerializers.err },
    redact: { paths: SECRETS.flatMap((secret) => [secret, `*.${secret}`, `*.*.${secret}`]), censor: CENSOR },
    ...(isTracingOn(process.env) && { mixin: () => traceFields.current() }),
  })
}

/**
 * The same logger for lines that are written for every request, whose fields are texts and numbers: secrets are looked for by the names of the fields, not
 * within them, which costs more than the rest of a line.
 */
export function flatLogger(logger: Logger): Logger {
  return logger.child({}, { redact: { paths: SECRETS, censor: CENSOR } })
}

function levelOf(env: NodeJS.ProcessEnv): string {
  const level = env['LOG_LEVEL']?.trim() || 'info'
  return logLevelProblem(level) === undefined ? level : 'info'
}

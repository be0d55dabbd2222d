/** What one line of a log says. */
export interface LogEntry {
  readonly level: LogLevel
  readonly message: string
  /** What else it carries, as text, in its order. */
  readonly fields: Readonly<Record<string, string>>
  /** Lines of an error's stack. */
  readonly stack?: string
  /** Which part of a Temporal SDK says it: `worker`, `workflow`, `activity`. */
  readonly source?: string
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Fields that say again what the line's place says, or nothing to people. */
const LEFT_OUT = new Set(['level', 'time', 'ts', 'msg', 'message', 'pid', 'hostname', 'name', 'v', 'sdkComponent', 'logging-call-at', 'err', 'error', 'stack'])
const POSTGRESQL = /^\S+ \S+ \S+ \[\d+\].*?\b(DEBUG\d?|INFO|NOTICE|LOG|WARNING|ERROR|FATAL|PANIC): +(.*)$/

/** Reads a line of any program of a platform: JSON of ours, of Temporal and of the identity provider, PostgreSQL's own form, or plain text. */
export function parseLogLine(line: string): LogEntry {
  const record = parseObject(line)
  if (record) return entryOf(record)
  const [, word, text] = POSTGRESQL.exec(line) ?? []
  if (word !== undefined && text !== undefined) return { level: levelOf(word), message: text, fields: {} }
  return { level: 'info', message: line, fields: {} }
}

function entryOf(record: Record<string, unknown>): LogEntry {
  const { err, error } = record
  const thrown = isObject(err) ? err : isObject(error) ? error : undefined
  const fields = Object.entries(record).flatMap(([key, value]) => (LEFT_OUT.has(key) || value === undefined || value === null ? [] : [[key, asText(value)]]))
  const reason = thrown ? thrown['message'] : (error ?? err)
  if (typeof reason === 'string') fields.push(['error', reason])
  const stack = thrown?.['stack'] ?? record['stack']
  const source = record['sdkComponent']
  return {
    level: levelOf(record['level']),
    message: asText(record['msg'] ?? record['message'] ?? ''),
    fields: Object.fromEntries(fields),
    ...(typeof stack === 'string' && { stack }),
    ...(typeof source === 'string' && { source }),
  }
}

/** Words of pino, zap and PostgreSQL; pino's numbers. */
function levelOf(level: unknown): LogLevel {
  if (typeof level === 'number') return level >= 50 ? 'error' : level >= 40 ? 'warn' : level >= 30 ? 'info' : 'debug'
  const word = String(level).toLowerCase()
  if (/^(error|fatal|panic|dpanic)$/.test(word)) return 'error'
  if (/^warn(ing)?$/.test(word)) return 'warn'
  return /^(debug\d?|trace)$/.test(word) ? 'debug' : 'info'
}

function parseObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

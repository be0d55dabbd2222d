import { screen } from '../terminal.ts'
import { columns, wrap } from '../text.ts'
import { LOG_LEVELS, parseLogLine, type LogEntry, type LogLevel } from './log-line.ts'
import { paintName } from './log-lines.ts'
import { nondeterminism, saysNondeterminism } from './nondeterminism.ts'

export interface LogViewOptions {
  /** Names of all processes: each has its colour. */
  readonly names: readonly string[]
  /** The least that is shown of a process. */
  readonly levelOf: (name: string) => LogLevel
  readonly print: (text: string) => void
}

/** What our own programs and the SDK say at every start and stop, and a restart says better. */
const OWN_LIFE = new Set(['stopping', 'stopped', 'started', 'polling', 'workflows bundled'])
const SHOWN_STACK = 6
/** What the time before the first line takes. */
const TIME = '00:00:00 '.length

/** Shows lines of logs, as they are written, for people. */
export class LogView {
  readonly #options: LogViewOptions

  constructor(options: LogViewOptions) {
    this.#options = options
  }

  add(name: string, line: string): void {
    const { levelOf, print } = this.#options
    const entry = parseLogLine(line)
    if (line.trim() === '' || !isAtLeast(entry.level, levelOf(name))) return
    if (entry.level === 'info' && (entry.source === 'worker' || OWN_LIFE.has(entry.message) || entry.message.startsWith('Server listening at'))) return
    if (saysNondeterminism(entry) && levelOf(name) !== 'debug') return
    print(nondeterminism(entry) ?? this.#describe(name, entry))
  }

  #describe(name: string, { level, message, fields, stack }: LogEntry): string {
    const terminal = screen()
    const { colors, width } = terminal
    const mark = { debug: '', info: '', warn: `${colors.yellow('warn')} `, error: `${colors.red('error')} ` }[level]
    const first = `${paintName(this.#options.names, name, terminal)} ${mark}${message}`
    const rest = Object.entries(fields)
      .map(([key, value]) => `${key}=${value}`)
      .join(' ')
    const beside = columns(first) + 1 + columns(rest) <= width - TIME
    return [
      beside && rest !== '' ? `${first} ${colors.dim(rest)}` : first,
      ...(beside ? [] : [colors.dim(wrap(rest, { width, prefix: '    ' }))]),
      ...(stack?.split('\n').slice(1, SHOWN_STACK + 1) ?? []).map((line) => colors.dim(`    ${line.trim()}`)),
    ].join('\n')
  }
}

function isAtLeast(level: LogLevel, least: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least)
}

import type { ProgramProgress } from '@sundial/local'
import { terminalOf, type Terminal } from './terminal.ts'
import { columns } from './text.ts'

/** Without a terminal, a message that only counts up is repeated this often, milliseconds. */
const REPEAT_MS = 30_000

/** Shows what is happening on standard error: one line that changes on a terminal, a line for what is new elsewhere. */
export class ProgressLine {
  readonly #stream = process.stderr
  #last = ''
  #lastAt = 0

  get terminal(): Terminal {
    return terminalOf(this.#stream)
  }

  show(text: string): void {
    if (text === this.#last) return
    if (this.terminal.live) this.#stream.write(`\r\u001B[2K${text}`)
    else if (!this.#onlyCounts(text)) this.#stream.write(`${text}\n`)
    else return
    this.#last = text
    this.#lastAt = performance.now()
  }

  /** Takes the changing line away. */
  clear(): void {
    if (this.terminal.live && this.#last !== '') this.#stream.write('\r\u001B[2K')
    this.#last = ''
  }

  program(progress: ProgramProgress): void {
    this.show(programLine(progress, this.terminal))
  }

  #onlyCounts(text: string): boolean {
    return withoutNumbers(text) === withoutNumbers(this.#last) && performance.now() - this.#lastAt < REPEAT_MS
  }
}

/** How a program is being had, on one line: a longer message ends with `…`. */
export function programLine({ program, message, doneBytes, totalBytes }: ProgramProgress, { width, colors }: Terminal): string {
  const size = doneBytes === undefined ? '' : ` ${megabytes(doneBytes)}${totalBytes === undefined ? '' : ` of ${megabytes(totalBytes)}`} MB`
  const room = width - columns(`● ${program}: ${size}`) - 1
  const shown = columns(message) > room ? `${message.slice(0, Math.max(0, room - 1))}…` : message
  return `${colors.cyan('●')} ${program}: ${shown}${size}`
}

function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+(\.\d+)?/g, '#')
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1)
}

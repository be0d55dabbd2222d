import type { ProgramProgress } from '@sundial/local'
import colors from 'picocolors'

/** Without a terminal, a message that only counts up is repeated this often, milliseconds. */
const REPEAT_MS = 30_000

/** Shows what is happening on standard error: one line that changes on a terminal, a line for what is new elsewhere. */
export class ProgressLine {
  readonly #stream = process.stderr
  #last = ''
  #lastAt = 0

  show(text: string): void {
    if (text === this.#last) return
    if (this.#stream.isTTY) this.#stream.write(`\r\u001B[2K${text.slice(0, Math.max(20, (this.#stream.columns || 80) - 1))}`)
    else if (!this.#onlyCounts(text)) this.#stream.write(`${text}\n`)
    else return
    this.#last = text
    this.#lastAt = performance.now()
  }

  /** Takes the changing line away. */
  clear(): void {
    if (this.#stream.isTTY && this.#last !== '') this.#stream.write('\r\u001B[2K')
    this.#last = ''
  }

  program({ program, message, doneBytes, totalBytes }: ProgramProgress): void {
    const size = doneBytes === undefined ? '' : ` ${megabytes(doneBytes)}${totalBytes === undefined ? '' : ` of ${megabytes(totalBytes)}`} MB`
    this.show(`${colors.cyan('●')} ${program}: ${message}${size}`)
  }

  #onlyCounts(text: string): boolean {
    return withoutNumbers(text) === withoutNumbers(this.#last) && performance.now() - this.#lastAt < REPEAT_MS
  }
}

function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+(\.\d+)?/g, '#')
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1)
}

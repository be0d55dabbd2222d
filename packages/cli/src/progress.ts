import type { ProgramProgress } from '@sundial/local'
import colors from 'picocolors'

/** Shows what is happening on standard error: one line that changes on a terminal, a line for each new message elsewhere. */
export class ProgressLine {
  readonly #stream = process.stderr
  #last = ''

  show(text: string): void {
    if (text === this.#last) return
    this.#last = text
    if (this.#stream.isTTY) this.#stream.write(`\r\u001B[2K${text.slice(0, Math.max(20, (this.#stream.columns || 80) - 1))}`)
    else this.#stream.write(`${text}\n`)
  }

  /** Takes the changing line away. */
  clear(): void {
    if (this.#stream.isTTY && this.#last !== '') this.#stream.write('\r\u001B[2K')
    this.#last = ''
  }

  program({ program, message, doneBytes, totalBytes }: ProgramProgress): void {
    const size = doneBytes === undefined ? '' : ` ${megabytes(doneBytes)}${totalBytes === undefined ? '' : ` of ${megabytes(totalBytes)}`} MB`
    // Without a terminal every change is a line: sizes would make hundreds.
    this.show(`${colors.cyan('●')} ${program}: ${message}${this.#stream.isTTY ? size : ''}`)
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1)
}

/** How often a line is printed where there is no terminal, milliseconds. */
const LOG_MS = 10_000

/** One line that changes on a terminal; elsewhere a line now and then. On standard error, so that results stay clean. */
export class Progress {
  #last = -Infinity

  show(text: string): void {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[2K${text.slice(0, (process.stderr.columns || 80) - 1)}`)
    else if (performance.now() - this.#last >= LOG_MS) {
      this.#last = performance.now()
      process.stderr.write(`${text}\n`)
    }
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[2K')
  }
}

import { closeSync, copyFileSync, existsSync, fstatSync, openSync, readSync, renameSync, statSync, truncateSync } from 'node:fs'
import { bestEffort } from './best-effort.ts'

/** A log is set aside when it is larger than this, in bytes: 10 MiB. */
export const LOG_LIMIT = 10 * 1024 * 1024
/** How many that were set aside are kept, as `<name>.log.1` (the newest) and so on. */
const KEPT = 3
/** As much of the end of a log is searched for its last lines, in bytes. */
const TAIL = 16 * 1024

/**
 * The log of one process. The process writes to the file itself, not through us: its lines survive us, and a busy supervisor never slows it
 * down. So the file that it has open cannot be renamed away; it is copied and emptied, and the process, which appends, goes on at its start.
 */
export class ProcessLog {
  readonly path: string
  readonly #limit: number
  readonly #rotating = bestEffort('a log that is too large is not set aside')

  constructor(path: string, limit: number = LOG_LIMIT) {
    this.path = path
    this.#limit = limit
  }

  /** Opens it for a process to append to. The caller closes it after the process has it. */
  open(): number {
    return openSync(this.path, 'a', 0o600)
  }

  /** Sets it aside if it is too large; what keeps it from that is a warning. Lines that are written between the copy and the emptying are lost. */
  rotate(): void {
    this.#rotating(() => this.#setAside())
  }

  #setAside(): void {
    if (!existsSync(this.path) || statSync(this.path).size <= this.#limit) return
    for (let number = KEPT - 1; number >= 1; number--) {
      if (existsSync(`${this.path}.${number}`)) renameSync(`${this.path}.${number}`, `${this.path}.${number + 1}`)
    }
    copyFileSync(this.path, `${this.path}.1`)
    truncateSync(this.path)
  }

  /** How long it is now, as a mark for {@link lastLines}. */
  size(): number {
    return existsSync(this.path) ? statSync(this.path).size : 0
  }

  /** Its last lines, but none from before the mark. */
  lastLines(count: number, mark = 0): readonly string[] {
    if (!existsSync(this.path)) return []
    const file = openSync(this.path, 'r')
    try {
      const { size } = fstatSync(file)
      // A log that is shorter than the mark was emptied since.
      const begin = Math.max(size < mark ? 0 : mark, size - TAIL)
      const buffer = Buffer.alloc(size - begin)
      readSync(file, buffer, 0, buffer.length, begin)
      return buffer
        .toString('utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .slice(-count)
    } finally {
      closeSync(file)
    }
  }
}

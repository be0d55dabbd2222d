import { join } from 'node:path'
import { bestEffort } from './best-effort.ts'
import { replaceFile } from './files.ts'
import type { SupervisorStatus } from './status.ts'

/** The first change is written at once; those within this time after a writing, in milliseconds, are written together: a start has hundreds. */
const TOGETHER_MS = 50

/** `status.json` in the run folder. */
export class StatusFile {
  readonly #run: string
  readonly #read: () => SupervisorStatus
  readonly #writing = bestEffort('the status of the platform is not written')
  #pending = false
  #writtenAt = Number.NEGATIVE_INFINITY
  #closed = false

  constructor(run: string, read: () => SupervisorStatus) {
    this.#run = run
    this.#read = read
  }

  changed(): void {
    if (this.#pending) return
    this.#pending = true
    const wait = Math.max(0, this.#writtenAt + TOGETHER_MS - performance.now())
    setTimeout(() => {
      this.#pending = false
      if (!this.#closed) this.#write()
    }, wait)
  }

  /** Writes the last status. Nothing is written after it. */
  close(): void {
    this.#closed = true
    this.#write()
  }

  #write(): void {
    this.#writtenAt = performance.now()
    this.#writing(() => replaceFile(join(this.#run, 'status.json'), `${JSON.stringify(this.#read(), null, 2)}\n`))
  }
}

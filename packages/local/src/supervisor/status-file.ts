import { join } from 'node:path'
import { bestEffort } from './best-effort.ts'
import { replaceFile } from './files.ts'
import type { SupervisorStatus } from './status.ts'

/** Changes within this time are written together, in milliseconds: a start has hundreds, and readers look no more often. */
const TOGETHER_MS = 50

/** `status.json` in the run folder. */
export class StatusFile {
  readonly #run: string
  readonly #read: () => SupervisorStatus
  readonly #writing = bestEffort('the status of the platform is not written')
  #pending = false
  #closed = false

  constructor(run: string, read: () => SupervisorStatus) {
    this.#run = run
    this.#read = read
  }

  changed(): void {
    if (this.#pending) return
    this.#pending = true
    setTimeout(() => {
      this.#pending = false
      if (!this.#closed) this.#write()
    }, TOGETHER_MS)
  }

  /** Writes the last status. Nothing is written after it. */
  close(): void {
    this.#closed = true
    this.#write()
  }

  #write(): void {
    this.#writing(() => replaceFile(join(this.#run, 'status.json'), `${JSON.stringify(this.#read(), null, 2)}\n`))
  }
}

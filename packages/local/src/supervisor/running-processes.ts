import type { ProcessSpec } from '@sundial/platform/process'
import type { Child } from './child.ts'
import { writeProcesses } from './process-record.ts'

/** What runs now: recorded in the run folder, and asked to end should this process exit without stopping it. */
export class RunningProcesses {
  readonly #run: string
  readonly #running = new Map<string, { spec: ProcessSpec; child: Child }>()

  constructor(run: string) {
    this.#run = run
  }

  /** With undefined it runs no more. */
  set(spec: ProcessSpec, child: Child | undefined): void {
    if (child === undefined) this.#running.delete(spec.name)
    else this.#running.set(spec.name, { spec, child })
    const records = [...this.#running.values()].flatMap(({ spec: { name, stop }, child: { identity } }) =>
      identity === undefined ? [] : [{ name, ...identity, ...stop }],
    )
    writeProcesses(this.#run, records)
  }

  watchExit(): void {
    process.on('exit', this.#onExit)
  }

  unwatchExit(): void {
    process.off('exit', this.#onExit)
  }

  /** After an error that nobody caught there is no time to wait. What does not end is found in the record by the next supervisor. */
  readonly #onExit = (): void => {
    for (const { spec, child } of [...this.#running.values()].toReversed()) child.send(spec.stop.signal)
  }
}

import type { ProcessSpec } from '@sundial/platform/process'
import type { Child } from './child.ts'
import { bestEffort } from './best-effort.ts'
import { writeProcesses } from './process-record.ts'

/** What runs now: recorded in the run folder, and asked to end should this process exit without stopping it. */
export class RunningProcesses {
  readonly #run: string
  readonly #order: ReadonlyMap<string, number>
  readonly #recording = bestEffort('what runs is not recorded, so if this process is killed, the next start cannot end it')
  readonly #running = new Map<Child, ProcessSpec>()

  /** `specs` are in start order. */
  constructor(run: string, specs: readonly ProcessSpec[]) {
    this.#run = run
    this.#order = new Map(specs.map(({ name }, index) => [name, index]))
  }

  /** Of one spec several may run: one that was replaced may still finish its work. */
  set(spec: ProcessSpec, child: Child, runs: boolean): void {
    if (runs) this.#running.set(child, spec)
    else this.#running.delete(child)
    const records = this.#inOrder().flatMap(({ spec: { name, stop }, child: { identity } }) =>
      identity === undefined ? [] : [{ name, ...identity, signal: stop.signal, graceSeconds: stop.graceSeconds }],
    )
    this.#recording(() => writeProcesses(this.#run, records))
  }

  /** Sends a signal to a process, if it runs. */
  send(name: string, signal: NodeJS.Signals): void {
    for (const [child, spec] of this.#running) if (spec.name === name) child.send(signal)
  }

  /** Not in the order of the map: what was started again stands at its end. */
  #inOrder(): readonly { readonly spec: ProcessSpec; readonly child: Child }[] {
    const place = (spec: ProcessSpec): number => this.#order.get(spec.name) ?? 0
    return [...this.#running].map(([child, spec]) => ({ spec, child })).sort((a, b) => place(a.spec) - place(b.spec))
  }

  watchExit(): void {
    process.on('exit', this.#onExit)
  }

  unwatchExit(): void {
    process.off('exit', this.#onExit)
  }

  /** After an error that nobody caught there is no time to wait. What does not end is found in the record by the next supervisor. */
  readonly #onExit = (): void => {
    for (const { spec, child } of this.#inOrder().toReversed()) child.send(spec.stop.signal)
  }
}

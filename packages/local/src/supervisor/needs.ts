import type { ProcessSpec } from '@sundial/platform/process'
import type { Board } from './board.ts'
import type { DoneJobs } from './done-jobs.ts'
import { isDone } from './status.ts'

/** What processes wait for. */
export class Needs {
  readonly #specs: ReadonlyMap<string, ProcessSpec>
  readonly #board: Board
  readonly #done: DoneJobs

  constructor(specs: readonly ProcessSpec[], board: Board, done: DoneJobs) {
    this.#specs = new Map(specs.map((spec) => [spec.name, spec]))
    this.#board = board
    this.#done = done
  }

  /** Which needs of a process are not there, in words. */
  missing({ needs }: ProcessSpec): readonly string[] {
    return needs.filter(({ anyOf, until }) => !anyOf.some((process) => this.#is(process, until))).map(({ anyOf }) => anyOf.join(' or '))
  }

  /** Whether a job that nobody waits for should let others start first: there are some that are not ready, and none that has died. */
  goesLast(spec: ProcessSpec): boolean {
    if (!this.#done.has(spec)) return false
    const others = this.#board.all().filter(({ name }) => !this.#isDoneJob(name))
    return others.every(({ state }) => state !== 'restarting') && others.some((status) => status.kind !== 'task' && !isDone(status))
  }

  #is(process: string, until: ProcessSpec['needs'][number]['until']): boolean {
    const status = this.#board.get(process)
    if (until === 'none') return true
    if (until === 'started') return isDone(status) || status.answers === true
    return until === 'completed' ? status.state === 'completed' || this.#mayPass(process) : isDone(status)
  }

  /** Whether what a job makes is there from earlier, and so is what it would need to make it. */
  #mayPass(process: string): boolean {
    const spec = this.#specs.get(process)
    return spec !== undefined && this.#done.has(spec) && this.missing(spec).length === 0
  }

  #isDoneJob(process: string): boolean {
    const spec = this.#specs.get(process)
    return spec !== undefined && this.#done.has(spec)
  }
}

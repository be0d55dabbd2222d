import type { ProcessSpec } from '@sundial/platform/process'
import type { Board } from './board.ts'
import type { DoneJobs } from './done-jobs.ts'
import { pause } from './wait.ts'
import { isDone, type ProcessStatus } from './status.ts'

/** So long after the beginning, in milliseconds, what nobody waits for starts at the latest: a first start takes less. */
const LETS_PASS_MS = 10_000
/** How often it is looked whether it may start, in milliseconds. */
const LOOK_MS = 50
/** What answers for so long without being ready, in milliseconds, is not waited for by those that start last. */
const SLOW_TO_SAY_MS = 1500

/** What processes wait for. */
export class Needs {
  readonly #specs: ReadonlyMap<string, ProcessSpec>
  readonly #board: Board
  readonly #done: DoneJobs
  readonly #createdAt = performance.now()
  readonly #answersSince = new Map<string, number>()
  /** Who names a process among its needs, by the process's name. */
  readonly #needing: ReadonlyMap<string, readonly ProcessSpec[]>

  constructor(specs: readonly ProcessSpec[], board: Board, done: DoneJobs) {
    this.#specs = new Map(specs.map((spec) => [spec.name, spec]))
    this.#board = board
    this.#done = done
    this.#needing = needing(specs)
  }

  /** Which needs of a process are not there, in words. */
  missing({ needs }: ProcessSpec): readonly string[] {
    return needs.filter(({ anyOf, until }) => !anyOf.some((process) => this.#is(process, until))).map(({ anyOf }) => anyOf.join(' or '))
  }

  /**
   * Resolves when it is a process's turn: what nobody waits for leaves the processors to what is waited for. When one of these dies, that may be for want of a
   * job, and it is its turn at once.
   */
  async letOthersPass(spec: ProcessSpec, halt: AbortSignal): Promise<void> {
    while (!halt.aborted && performance.now() < this.#createdAt + LETS_PASS_MS && this.#shouldWait(spec)) await pause(LOOK_MS, halt)
  }

  /** Whether a process should let others start first: nobody waits for it, some that others wait for are not ready, and none of these has died. */
  #shouldWait(spec: ProcessSpec): boolean {
    if (!this.#goesLast(spec)) return false
    const others = this.#board.all().filter(({ name, kind }) => kind !== 'task' && !this.#goesLast(this.#specs.get(name)))
    return others.every(({ restarts }) => restarts === 0) && !others.every((status) => isDone(status) || this.#isSlowToSay(status))
  }

  #is(process: string, until: ProcessSpec['needs'][number]['until']): boolean {
    const status = this.#board.get(process)
    if (until === 'none') return true
    if (until === 'started') return isDone(status) || status.answers === true
    if (until === 'once-started') return isDone(status) || status.answers === true || this.#done.hasAnswered(process)
    return until === 'completed' ? status.state === 'completed' || this.#mayPass(process) : isDone(status)
  }

  /** Whether what a job makes is there from earlier, and so is what it would need to make it. */
  #mayPass(process: string): boolean {
    const spec = this.#specs.get(process)
    return spec !== undefined && this.#done.has(spec) && this.missing(spec).length === 0
  }

  /** Some do their work long before they say that they are ready: Temporal's history by five seconds. */
  #isSlowToSay({ name, answers }: ProcessStatus): boolean {
    if (answers !== true) return false
    const since = this.#answersSince.get(name) ?? performance.now()
    this.#answersSince.set(name, since)
    return performance.now() - since > SLOW_TO_SAY_MS
  }

  /** A job that is done goes last, and so does what says so of itself, unless a job that is not done yet has a use for it. */
  #goesLast(spec: ProcessSpec | undefined): boolean {
    if (spec === undefined) return false
    if (this.#done.has(spec)) return true
    return spec.startsLast === true && !this.#needing.get(spec.name)?.some((other) => !this.#goesLast(other))
  }
}

function needing(specs: readonly ProcessSpec[]): ReadonlyMap<string, readonly ProcessSpec[]> {
  const found = new Map<string, ProcessSpec[]>()
  for (const spec of specs) for (const name of new Set(spec.needs.flatMap(({ anyOf }) => anyOf))) found.set(name, [...(found.get(name) ?? []), spec])
  return found
}

import type { ProcessSpec } from '@sundial/platform/process'
import type { Board } from './board.ts'
import { killGroup, startChild } from './child.ts'
import type { Child, Exit, PreparedProcess } from './child.ts'
import type { ProcessProblem } from './errors.ts'
import { Health } from './health.ts'
import { takenPort } from './taken-port.ts'
import { watchProbe } from './probe-loop.ts'
import type { ProcessLog } from './process-log.ts'
import { describeProbe } from './probe.ts'
import { describeExit, isDone } from './status.ts'
import type { ProcessState, ProcessStatus } from './status.ts'
import { backoffMs } from './timing.ts'
import type { SupervisorTiming } from './timing.ts'
import { pause } from './wait.ts'

/** As many of the last lines of a log are shown with a problem. */
const SHOWN_LINES = 15

/** What a process shares with the others. */
export interface Surroundings {
  readonly board: Board
  readonly timing: SupervisorTiming
  /** Given when nothing is to be started any more. */
  readonly halt: AbortSignal
  /** Whether everything was ready once. */
  started(): boolean
  prepare(spec: ProcessSpec): PreparedProcess | Promise<PreparedProcess>
  /** Told when a process runs, and with undefined when it does not any more. */
  record(spec: ProcessSpec, child: Child | undefined): void
  /** Told when a process is given up. */
  failed(problem: ProcessProblem): void
}

/** How one run of a process ended. */
type Run = { readonly kind: 'exit'; readonly exit: Exit; readonly message: string } | { readonly kind: 'error'; readonly message: string }

/** One process of the plan: its starts, its readiness, its ends. */
export class ManagedProcess {
  readonly spec: ProcessSpec
  readonly log: ProcessLog
  readonly #around: Surroundings
  readonly #stop = new AbortController()
  #life: Promise<void> = Promise.resolve()
  /** Deaths without a long time of health between them. */
  #deaths = 0
  #readySince: number | undefined
  /** Where this run begins in the log. */
  #mark = 0

  constructor(spec: ProcessSpec, log: ProcessLog, around: Surroundings) {
    this.spec = spec
    this.log = log
    this.#around = around
  }

  /** Begins its life: it is started when what it needs is there, and again when it dies, until it is stopped. */
  live(): void {
    this.#life = this.#lead()
  }

  /** Ends it for good. Resolves when it ended. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#life
    const { state } = this.#status()
    if (state !== 'completed' && state !== 'failed') this.#update({ state: 'stopped' })
  }

  /** What to say about it when something is wrong. */
  problem(reason: string): ProcessProblem {
    return { process: this.spec.name, reason, logFile: this.log.path, lastLines: this.log.lastLines(SHOWN_LINES, this.#mark) }
  }

  /** Why it is not what it is for, in words. */
  reason(): string {
    const { state, waitingFor, problem, restarts } = this.#status()
    if (waitingFor.length > 0) return `waits for ${waitingFor.join(', ')}`
    const probe = this.spec.ready === undefined || state === 'restarting' ? '' : ` (${describeProbe(this.spec.ready)})`
    return `${state}${probe}${problem === undefined ? '' : `: ${problem}`}${restarts === 0 ? '' : `; restarted ${restarts} times`}`
  }

  async #lead(): Promise<void> {
    const { board, timing, halt } = this.#around
    this.#deaths = 0
    for (;;) {
      this.#update({ state: 'waiting', waitingFor: this.#missing() })
      const follow = (): void => this.#update({ waitingFor: this.#missing() })
      if (!(await board.until(() => (follow(), this.#missing().length === 0), halt))) return this.#update({ state: 'stopped', waitingFor: [] })
      const run = await this.#run()
      if (this.#stop.signal.aborted || halt.aborted) return this.#rest(run)
      if (run.kind === 'exit' && run.exit.code === 0 && this.spec.kind !== 'service') return this.#update({ state: 'completed', problem: undefined })
      const problem = run.message
      if (this.#givesUp(run)) {
        this.#update({ state: 'failed', problem })
        return this.#around.failed(this.problem(problem))
      }
      this.#update({ state: 'restarting', problem, restarts: this.#status().restarts + 1 })
      await pause(backoffMs(this.#deaths, timing), halt)
      if (halt.aborted) return this.#update({ state: 'stopped' })
    }
  }

  /** A job that ended well while everything was being stopped did what it is for. */
  #rest(run: Run): void {
    const completed = run.kind === 'exit' && run.exit.code === 0 && this.spec.kind !== 'service'
    this.#update({ state: completed ? 'completed' : 'stopped', problem: run.kind === 'exit' && !completed ? run.message : undefined })
  }

  /** Counts a death, and tells whether it was the last. After the start of the platform a service is started again for ever. */
  #givesUp(run: Run): boolean {
    const { timing } = this.#around
    if (this.#readySince !== undefined && performance.now() - this.#readySince >= timing.healthyAfterMs) this.#deaths = 0
    this.#deaths += 1
    if (this.spec.kind === 'job') return run.kind === 'error' || this.#deaths >= timing.jobAttempts
    // What cannot be started at all will not be better in a second.
    return !this.#around.started() && (run.kind === 'error' || this.#deaths >= timing.startAttempts)
  }

  async #run(): Promise<Run> {
    const { spec, log } = this
    const stop = this.#stop.signal
    this.#readySince = undefined
    this.#update({ state: 'starting', waitingFor: [], problem: undefined, answers: undefined })
    let child: Child
    try {
      log.rotate()
      this.#mark = log.size()
      const taken = await takenPort(spec.ports)
      if (taken !== undefined) return { kind: 'error', message: taken }
      const prepared = await this.#around.prepare(spec)
      if (stop.aborted) return { kind: 'error', message: 'was stopped before it was started' }
      child = await startChild(prepared, log)
    } catch (error) {
      return { kind: 'error', message: error instanceof Error ? error.message : String(error) }
    }
    this.#around.record(spec, child)
    this.#update({ pid: child.pid })
    const over = new AbortController()
    let hung: string | undefined
    const probing = this.#watch(over.signal, (message) => {
      hung = message
      killGroup(child.pid)
    })
    const asked = new Promise<'stop'>((resolve) => {
      if (stop.aborted) resolve('stop')
      stop.addEventListener('abort', () => resolve('stop'), { signal: over.signal })
    })
    const first = await Promise.race([child.exited, asked])
    over.abort()
    await probing
    if (first === 'stop') this.#update({ state: 'stopping' })
    const exit = first === 'stop' ? await child.stop(spec.stop.signal, spec.stop.graceSeconds * 1000) : first
    this.#around.record(spec, undefined)
    this.#update({ pid: undefined, answers: undefined })
    return { kind: 'exit', exit, message: hung ?? describeExit(exit) }
  }

  async #watch(over: AbortSignal, onHung: (message: string) => void): Promise<void> {
    if (this.spec.kind !== 'service') return
    if (this.spec.ready === undefined) return this.#found('ready')
    const health = new Health(this.#around.timing)
    await watchProbe(this.spec.ready, over, (result) => {
      const verdict = health.add(result)
      if (result.answered) this.#update({ answers: true })
      if (verdict === 'hung') onHung(`gave no answer for ${Math.round(health.silence() / 1000)} s, and was killed: ${result.reason}`)
      else this.#found(verdict, verdict === 'ready' ? undefined : result.reason)
    })
  }

  #found(state: ProcessState, problem?: string): void {
    this.#readySince = state === 'ready' ? (this.#readySince ?? performance.now()) : undefined
    this.#update({ state, problem })
  }

  /** Which of its needs are not there. */
  #missing(): readonly string[] {
    return this.spec.needs.filter(({ anyOf, until }) => !anyOf.some((process) => this.#is(process, until))).map(({ anyOf }) => anyOf.join(' or '))
  }

  #is(process: string, until: ProcessSpec['needs'][number]['until']): boolean {
    const status = this.#around.board.get(process)
    if (until === 'none') return true
    if (until === 'started') return isDone(status) || status.answers === true
    return until === 'completed' ? status.state === 'completed' : isDone(status)
  }

  #status(): ProcessStatus {
    return this.#around.board.get(this.spec.name)
  }

  #update(patch: Parameters<Board['update']>[1]): void {
    this.#around.board.update(this.spec.name, patch)
  }
}

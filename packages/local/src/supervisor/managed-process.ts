import type { ProcessSpec } from '@sundial/platform/process'
import type { Board } from './board.ts'
import { killGroup, startChild } from './child.ts'
import type { Child, Exit, PreparedProcess } from './child.ts'
import { RestartError, StoppedError, type ProcessProblem } from './errors.ts'
import { Health } from './health.ts'
import { takenPort } from './taken-port.ts'
import { watchProbe } from './probe-loop.ts'
import type { DoneJobs } from './done-jobs.ts'
import type { Needs } from './needs.ts'
import type { ProcessLog } from './process-log.ts'
import { describeProbe } from './probe.ts'
import { describeExit, isDone } from './status.ts'
import type { ProcessState, ProcessStatus } from './status.ts'
import { backoffMs } from './timing.ts'
import type { SupervisorTiming } from './timing.ts'
import { pause } from './wait.ts'

/** As many of the last lines of a log are shown with a problem. */
const SHOWN_LINES = 15
/** Why a process restarts that was well. */
const ASKED_FOR = 'was asked to restart'
/** How long a copy that waits may take to end, in milliseconds: it has nothing to finish. */
const STANDBY_GRACE_MS = 1000
/** How often it is looked whether a process has given its ports back, in milliseconds. */
const PORTS_PERIOD_MS = 10

/** What a process shares with the others. */
export interface Surroundings {
  readonly board: Board
  readonly needs: Needs
  readonly done: DoneJobs
  readonly timing: SupervisorTiming
  /** Given when nothing is to be started any more. */
  readonly halt: AbortSignal
  /** Whether everything was ready once. */
  started(): boolean
  prepare(spec: ProcessSpec): PreparedProcess | Promise<PreparedProcess>
  /** Told when a process of a spec begins to run, and when it does not any more. */
  record(spec: ProcessSpec, child: Child, runs: boolean): void
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
  /** Given when what runs is to be replaced by a new start. */
  #replace = new AbortController()
  /** A copy that waits to be the next one. */
  #standby: Child | undefined
  /** Copies that were replaced, and finish what they have begun. */
  readonly #draining = new Set<Promise<void>>()
  #life: Promise<void> = Promise.resolve()
  /** How often it was started. */
  #runs = 0
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
    await Promise.all([this.#life, this.#standby?.stop('SIGTERM', STANDBY_GRACE_MS)])
    await Promise.all(this.#draining)
    const { state } = this.#status()
    if (state !== 'completed' && state !== 'failed') this.#update({ state: 'stopped' })
  }

  /**
   * Ends what runs in its own way, and starts it again, without the pause that follows a death; a job that has completed runs again. Resolves
   * when the new one is ready.
   * @throws RestartError when the new one ends before that, or is not ready in time; a service is then tried again
   * @throws StoppedError when everything is being stopped
   */
  async restart(): Promise<void> {
    const { board, timing, halt } = this.#around
    if (halt.aborted) throw new StoppedError()
    const wanted = this.#runs + 1
    if (this.#status().state === 'completed') this.live()
    else this.#replace.abort()
    const isNew = (): boolean => this.#runs >= wanted
    const ended = (): boolean => ['restarting', 'failed'].includes(this.#status().state) && this.#status().problem !== ASKED_FOR
    const over = new AbortController()
    const late = setTimeout(() => over.abort(), timing.restartDeadlineMs)
    const stop = (): void => over.abort()
    halt.addEventListener('abort', stop)
    await board.until(() => isNew() && (isDone(this.#status()) || ended()), over.signal)
    clearTimeout(late)
    halt.removeEventListener('abort', stop)
    if (halt.aborted) throw new StoppedError()
    if (!isNew() || !isDone(this.#status())) throw new RestartError(this.problem(ended() ? (this.#status().problem ?? 'ended') : this.reason()))
  }

  /**
   * Starts a copy that waits to be the next one, so that the next start is short. There is one at a time.
   * @param toWait makes of what is started something that waits on standard input before it begins its work
   */
  async warm(toWait: (prepared: PreparedProcess) => PreparedProcess): Promise<void> {
    if (this.#standby || this.#stop.signal.aborted) return
    const { spec } = this
    const child = await startChild(toWait(await this.#around.prepare(spec)), this.log, { waits: true })
    this.#around.record(spec, child, true)
    void this.#forgetWhenEnded(child)
    if (this.#standby || this.#stop.signal.aborted) await child.stop('SIGTERM', STANDBY_GRACE_MS)
    else this.#standby = child
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
      if (!this.#around.started()) await this.#around.needs.letOthersPass(this.spec, halt)
      this.#replace = new AbortController()
      const run = await this.#run()
      if (this.#stop.signal.aborted || halt.aborted) return this.#rest(run)
      if (this.#replace.signal.aborted) {
        this.#deaths = 0
        continue
      }
      if (run.kind === 'exit' && run.exit.code === 0 && this.spec.kind !== 'service') {
        this.#around.done.add(this.spec)
        return this.#update({ state: 'completed', problem: undefined })
      }
      const problem = run.message
      if (this.#givesUp(run)) {
        this.#update({ state: 'failed', problem })
        return this.#around.failed(this.problem(problem))
      }
      this.#update({ state: 'restarting', problem, restarts: this.#status().restarts + 1 })
      await pause(backoffMs(this.#deaths, timing), halt, this.#replace.signal)
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
    this.#runs += 1
    this.#update({ state: 'starting', waitingFor: [], problem: undefined, answers: undefined })
    let child: Child
    try {
      log.rotate()
      this.#mark = log.size()
      const taken = await takenPort(spec.ports)
      if (taken !== undefined) return { kind: 'error', message: taken }
      const prepared = await this.#around.prepare(spec)
      if (stop.aborted) return { kind: 'error', message: 'was stopped before it was started' }
      child = await this.#start(prepared)
    } catch (error) {
      return { kind: 'error', message: error instanceof Error ? error.message : String(error) }
    }
    this.#around.record(spec, child, true)
    this.#update({ pid: child.pid })
    const over = new AbortController()
    let hung: string | undefined
    const probing = this.#watch(over.signal, (message) => {
      hung = message
      killGroup(child.pid)
    })
    const first = await Promise.race([child.exited, given(stop, 'stop', over.signal), given(this.#replace.signal, 'replace', over.signal)])
    over.abort()
    await probing
    if (first === 'replace') return await this.#handOver(child)
    if (first === 'stop') this.#update({ state: 'stopping' })
    const exit = first === 'stop' ? await this.#end(child) : first
    this.#around.record(spec, child, false)
    this.#update({ pid: undefined, answers: undefined })
    return { kind: 'exit', exit, message: hung ?? describeExit(exit) }
  }

  async #forgetWhenEnded(child: Child): Promise<void> {
    await child.exited
    if (this.#standby === child) this.#standby = undefined
    this.#around.record(this.spec, child, false)
  }

  async #start(prepared: PreparedProcess): Promise<Child> {
    const standby = this.#standby
    this.#standby = undefined
    standby?.go()
    return standby ?? (await startChild(prepared, this.log))
  }

  async #end(child: Child): Promise<Exit> {
    return await child.stop(this.spec.stop.signal, this.spec.stop.graceSeconds * 1000)
  }

  /**
   * Ends a copy that is replaced. Where the process says that it hands over, the next one may begin as soon as the ports are free, while this
   * one still finishes what it has begun: a worker's activities may take half a minute.
   */
  async #handOver(child: Child): Promise<Run> {
    const { spec } = this
    this.#update({ state: 'restarting', problem: ASKED_FOR, pid: undefined, answers: undefined })
    const ended = this.#end(child).then(() => this.#around.record(spec, child, false))
    this.#draining.add(ended)
    void ended.then(() => this.#draining.delete(ended))
    if (spec.stop.handsOver) await Promise.race([ended, this.#portsAreFree(ended)])
    else await ended
    return { kind: 'error', message: ASKED_FOR }
  }

  async #portsAreFree(ended: Promise<void>): Promise<void> {
    const over = new AbortController()
    void ended.then(() => over.abort())
    while (!over.signal.aborted && (await takenPort(this.spec.ports)) !== undefined) await pause(PORTS_PERIOD_MS, over.signal)
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
    return this.#around.needs.missing(this.spec)
  }

  #status(): ProcessStatus {
    return this.#around.board.get(this.spec.name)
  }

  #update(patch: Parameters<Board['update']>[1]): void {
    this.#around.board.update(this.spec.name, patch)
  }
}

/** Resolves to a word when a signal is given, unless another one is first. */
function given<Word extends string>(signal: AbortSignal, word: Word, unless: AbortSignal): Promise<Word> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(word)
    else signal.addEventListener('abort', () => resolve(word), { signal: unless })
  })
}

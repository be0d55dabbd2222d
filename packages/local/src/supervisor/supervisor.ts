import { EventEmitter, setMaxListeners } from 'node:events'
import { join } from 'node:path'
import type { ProcessPlan, ProcessSpec } from '@sundial/platform/process'
import { makePrivateFolder } from '../state/index.ts'
import { Board } from './board.ts'
import { checkNeeds } from './check-needs.ts'
import type { Child, PreparedProcess } from './child.ts'
import { DoneJobs } from './done-jobs.ts'
import { StartError, StoppedError } from './errors.ts'
import type { ProcessProblem } from './errors.ts'
import { ManagedProcess } from './managed-process.ts'
import { Needs } from './needs.ts'
import { ProcessLog } from './process-log.ts'
import { RunningProcesses } from './running-processes.ts'
import { StatusFile } from './status-file.ts'
import { isDone } from './status.ts'
import type { PlatformState, ProcessStatus, SupervisorStatus } from './status.ts'
import { stopInOrder } from './stop-order.ts'
import { DEFAULT_TIMING } from './timing.ts'
import type { SupervisorTiming } from './timing.ts'

export interface SupervisorOptions {
  /** What to run. Its secrets, certificates and files exist. */
  readonly plan: Pick<ProcessPlan, 'processes'>
  /** Makes a process ready to start: finds its program, puts secrets into its environment. Called before every start. */
  prepare(spec: ProcessSpec): PreparedProcess | Promise<PreparedProcess>
  /** Where logs go: `<name>.log`. Made if it is not there. */
  readonly logs: string
  /** Where the supervisor keeps what it knows: `processes.json`, `status.json`. Made if it is not there. */
  readonly run: string
  /** Where the data are: which lasting jobs are done on them is written there. @default every job is waited for at each start */
  readonly data?: string
  /** @default see {@link SupervisorTiming} */
  readonly timing?: Partial<SupervisorTiming>
  /** A log is set aside when it is larger, in bytes. @default 10 MiB */
  readonly logLimit?: number
}

export interface SupervisorEvents {
  /** A process changed its state, or something else of its status. */
  change: [ProcessStatus]
}

/** Runs the processes of a plan. Its tasks are none of them: they are listed, and run by who asks for them. */
export class Supervisor {
  readonly events = new EventEmitter<SupervisorEvents>()
  readonly #processes: ReadonlyMap<string, ManagedProcess>
  readonly #board: Board
  readonly #halt = new AbortController()
  readonly #timing: SupervisorTiming
  readonly #running: RunningProcesses
  readonly #file: StatusFile
  readonly #deadline: NodeJS.Timeout
  readonly #logCheck: NodeJS.Timeout
  readonly #startedAt = new Date().toISOString()
  #failure: StartError | undefined
  #wasReady = false
  #stopped = false
  #stopping: Promise<void> | undefined

  /** Begins at once. Use {@link startSupervisor}, which checks first. */
  constructor(options: SupervisorOptions) {
    const { plan, logs, run } = options
    // Every process listens for it.
    setMaxListeners(0, this.#halt.signal)
    this.#timing = { ...DEFAULT_TIMING, ...options.timing }
    const specs = plan.processes.filter(({ kind }) => kind !== 'task')
    this.#running = new RunningProcesses(run, specs)
    const logOf = (spec: ProcessSpec): ProcessLog => new ProcessLog(join(logs, `${spec.name}.log`), options.logLimit)
    this.#board = new Board(plan.processes.map((spec) => initialStatus(spec, logOf(spec).path, this.#startedAt)))
    const done = new DoneJobs(options.data)
    this.#board.onChange(({ name, answers }) => void (answers && done.addAnswered(name)))
    const around = {
      board: this.#board,
      needs: new Needs(plan.processes, this.#board, done),
      done,
      timing: this.#timing,
      halt: this.#halt.signal,
      started: () => this.#wasReady,
      prepare: (spec: ProcessSpec) => options.prepare(spec),
      record: (spec: ProcessSpec, child: Child, runs: boolean) => this.#running.set(spec, child, runs),
      failed: (problem: ProcessProblem) => this.#fail([problem]),
    }
    this.#processes = new Map(specs.map((spec) => [spec.name, new ManagedProcess(spec, logOf(spec), around)]))
    this.#file = new StatusFile(run, () => this.status())
    this.#deadline = setTimeout(() => this.#tooLate(), this.#timing.startDeadlineMs)
    this.#logCheck = setInterval(() => this.#rotateLogs(), this.#timing.logCheckMs)
    this.#begin()
  }

  /** Everything, as it is now. */
  status(): SupervisorStatus {
    return { state: this.#state(), pid: process.pid, startedAt: this.#startedAt, processes: this.#board.all() }
  }

  /** Tells every process that has a signal for it to read its certificates again. */
  reload(): void {
    for (const { spec } of this.#processes.values()) if (spec.reload !== undefined) this.#running.send(spec.name, spec.reload)
  }

  /** What to say about a process that ended, with the last lines that it wrote in that run. */
  problem(name: string): ProcessProblem {
    return this.#process(name).problem(this.#board.get(name).problem ?? 'ended')
  }

  /**
   * Resolves when a process, or all of them, are ready; jobs are when they completed. Rejects with a {@link StartError} when the
   * start failed, and with a {@link StoppedError} when the supervisor is stopped.
   */
  async whenReady(name?: string): Promise<void> {
    const names = name === undefined ? [...this.#processes.keys()] : [this.#process(name).spec.name]
    await this.#board.until(() => names.every((each) => isDone(this.#board.get(each))), this.#halt.signal)
    if (this.#failure !== undefined) throw this.#failure
    if (this.#halt.signal.aborted) throw new StoppedError()
  }

  /**
   * Replaces what runs of a process by a new start, in its own time and without a pause; those that need it go on. Resolves when it is ready.
   * @throws RestartError when the new one did not come up
   * @throws StoppedError when everything is being stopped
   */
  async restart(name: string): Promise<void> {
    await this.#process(name).restart()
  }

  /** Starts a copy of a process that waits to be the next one; see {@link ManagedProcess.warm}. */
  async warm(name: string, toWait: (prepared: PreparedProcess) => PreparedProcess): Promise<void> {
    await this.#process(name).warm(toWait)
  }

  /** Stops everything: each process after all that need it. Resolves when nothing of it runs. A second call joins the first. */
  async stop(): Promise<void> {
    this.#stopping ??= this.#stopAll()
    await this.#stopping
  }

  #begin(): void {
    this.#board.onChange((status) => {
      if (!this.#wasReady && this.#allDone()) this.#becameReady()
      this.#file.changed()
      this.events.emit('change', status)
    })
    this.#file.changed()
    this.#running.watchExit()
    for (const each of this.#processes.values()) each.live()
  }

  async #stopAll(): Promise<void> {
    clearTimeout(this.#deadline)
    this.#halt.abort()
    await stopInOrder([...this.#processes.values()])
    clearInterval(this.#logCheck)
    this.#stopped = true
    this.#file.close()
    this.#running.unwatchExit()
  }

  #state(): PlatformState {
    if (this.#stopped) return 'stopped'
    if (this.#stopping !== undefined) return 'stopping'
    if (this.#failure !== undefined) return 'failed'
    if (!this.#wasReady) return 'starting'
    return this.#allDone() ? 'ready' : 'degraded'
  }

  #allDone(): boolean {
    return [...this.#processes.keys()].every((name) => isDone(this.#board.get(name)))
  }

  #process(name: string): ManagedProcess {
    const found = this.#processes.get(name)
    if (found === undefined) throw new Error(`there is no process "${name}"; there are ${[...this.#processes.keys()].join(', ')}`)
    return found
  }

  #becameReady(): void {
    this.#wasReady = true
    clearTimeout(this.#deadline)
  }

  #tooLate(): void {
    const late = [...this.#processes.values()].filter(({ spec }) => !isDone(this.#board.get(spec.name)))
    const seconds = this.#timing.startDeadlineMs / 1000
    this.#fail(late.map((each) => each.problem(`not ready after ${seconds} s: ${each.reason()}`)))
  }

  #fail(problems: readonly ProcessProblem[]): void {
    clearTimeout(this.#deadline)
    this.#failure ??= new StartError(problems)
    this.#halt.abort()
  }

  #rotateLogs(): void {
    for (const { log } of this.#processes.values()) log.rotate()
  }
}

/**
 * Starts the processes of a plan, and keeps them running. Resolves as soon as it is at work; {@link Supervisor.whenReady} tells when
 * everything is up. Rejects with an error that lists what is wrong with the order of the processes. The caller holds the lock of the state
 * folder, and has ended with `endOrphans` what a killed supervisor left behind.
 */
export async function startSupervisor(options: SupervisorOptions): Promise<Supervisor> {
  const problems = checkNeeds(options.plan.processes)
  if (problems.length > 0) throw new Error(`the plan cannot be started:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
  for (const folder of [options.run, options.logs]) await makePrivateFolder(folder)
  return new Supervisor(options)
}

function initialStatus(spec: ProcessSpec, logFile: string, since: string): ProcessStatus {
  const ports = Object.fromEntries(Object.entries(spec.ports).map(([name, { number }]) => [name, number]))
  const state = spec.kind === 'task' ? 'stopped' : 'waiting'
  const { name, workload, component, kind, balances } = spec
  return { name, workload, component, kind, state, since, restarts: 0, ports, ...(balances && { balances }), waitingFor: [], logFile }
}

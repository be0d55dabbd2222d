import type { Plan } from '@sundial/platform/model'
import type { ProcessPlan } from '@sundial/platform/process'
import { keepFresh } from './certificates/index.ts'
import { controlPath, type ControlServer, serveControl } from './control/index.ts'
import { launchOf, type LaunchContext } from './launch.ts'
import { releasePorts, savePortsOnceReady } from './ports/index.ts'
import { flushDataFolder } from './postgresql/index.ts'
import { PreparedDatabase, removeUnfinished } from './prepared-database/index.ts'
import { preparePlan } from './prepare.ts'
import { installPrograms } from './programs.ts'
import { runTask } from './run-task.ts'
import { recordConfiguration } from './running-configuration.ts'
import { givenFiles } from './secrets/index.ts'
import { forget, isHalfForgotten, lockState, openState, stateFolder, type Lock, type StateFolder } from './state/index.ts'
import { endOrphans, startSupervisor, type Supervisor } from './supervisor/index.ts'
import type { ProgramProgress } from './toolchain/index.ts'

export interface UpOptions {
  readonly plan: Plan
  /** Folder of the configuration; state is kept below it. */
  readonly projectFolder: string
  /** Forget everything of earlier starts first. @default false */
  readonly fresh?: boolean
  /** What is happening while programs are fetched. */
  readonly onProgram?: (progress: ProgramProgress) => void
  /** Gives up before everything is started. */
  readonly signal?: AbortSignal
}

interface PlatformParts {
  readonly state: StateFolder
  readonly processes: ProcessPlan
  readonly supervisor: Supervisor
  readonly context: LaunchContext
  readonly control: ControlServer
  readonly lock: Lock
  readonly database: PreparedDatabase
  readonly stopRenewing: () => Promise<void>
}

/** The platform of one environment, running on this machine until it is stopped. */
export class RunningPlatform {
  readonly state: StateFolder
  readonly processes: ProcessPlan
  readonly supervisor: Supervisor
  readonly #context: LaunchContext
  readonly #control: ControlServer
  readonly #lock: Lock
  readonly #database: PreparedDatabase
  readonly #stopRenewing: () => Promise<void>

  constructor(parts: PlatformParts) {
    this.state = parts.state
    this.processes = parts.processes
    this.supervisor = parts.supervisor
    this.#context = parts.context
    this.#control = parts.control
    this.#lock = parts.lock
    this.#database = parts.database
    this.#stopRenewing = parts.stopRenewing
  }

  /**
   * Runs a task on the caller's terminal, until it ends or the signal ends it. Resolves to its exit code.
   * @throws StoppedError when the signal ended it; nothing of it runs then
   */
  async runTask(name: string, signal: AbortSignal): Promise<number> {
    const spec = this.processes.processes.find((process) => process.name === name && process.kind === 'task')
    if (!spec) throw new Error(`"${name}" is not a task of the plan`)
    const colors = Object.fromEntries(
      ['NO_COLOR', 'FORCE_COLOR', 'TERM'].flatMap((variable) => (process.env[variable] === undefined ? [] : [[variable, process.env[variable]]])),
    )
    const launch = await launchOf(spec, this.#context)
    return runTask({ ...launch, env: { ...launch.env, ...colors } }, { signal })
  }

  /** Stops everything in order. */
  async stop(): Promise<void> {
    await this.#stopRenewing()
    await Promise.all([this.#database.close(), this.supervisor.stop()])
    await this.#control.close()
    await releasePorts(this.state.root)
    await this.#lock.release()
  }
}

/**
 * Starts a plan on this machine. Resolves when the supervisor is at work; `supervisor.whenReady()` tells when everything is up.
 * @throws SundialError if it runs already, a program is missing, or the state folder cannot be used
 */
export async function startPlatform({ plan, projectFolder, fresh = false, onProgram, signal }: UpOptions): Promise<RunningPlatform> {
  const state = stateFolder(projectFolder, plan.platform.environment)
  await openState(state)
  const lock = await lockState(state)
  try {
    await endOrphans(state.run)
    await removeUnfinished(state)
    if (fresh || isHalfForgotten(state)) {
      await forget(
        state,
        givenFiles(plan, state).map(({ path }) => path),
      )
      await openState(state)
    }
    const programs = await installPrograms(plan, { ...(onProgram && { onProgress: onProgram }), ...(signal && { signal }) })
    const database = new PreparedDatabase({ plan, projectFolder, state, programs })
    await database.begin()
    const { processes, readSecret, ports } = await preparePlan({ plan, projectFolder, state })
    await recordConfiguration(state, plan)
    await database.use(processes)
    const context = { programs, readSecret, folder: state.root }
    const supervisor = await startSupervisor({
      plan: processes,
      logs: state.logs,
      run: state.run,
      data: state.data,
      prepare: (spec) => launchOf(spec, context),
    })
    void flushOnceReady(supervisor, processes)
    void database.makeOnceReady(supervisor)
    void savePortsOnceReady(supervisor.whenReady(), state, ports)
    const control = await serveControl(controlPath(state), supervisor).catch(async (error: unknown) => {
      await supervisor.stop()
      throw error
    })
    const stopRenewing = keepFresh({ plan: processes, onIssued: () => supervisor.reload() })
    return new RunningPlatform({ state, processes, supervisor, context, control, lock, database, stopRenewing })
  } catch (error) {
    await releasePorts(state.root)
    await lock.release()
    throw error
  }
}

/** Everything is kept by a crash of the machine too from then on. */
async function flushOnceReady(supervisor: Supervisor, { processes }: ProcessPlan): Promise<void> {
  const folders = processes.filter(({ program }) => program.kind === 'released' && program.name === 'postgresql').flatMap((spec) => spec.folders)
  try {
    await supervisor.whenReady()
    for (const folder of folders) await flushDataFolder(folder)
  } catch {
    // The next start does it.
  }
}

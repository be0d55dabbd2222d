import {
  changedDataSettings,
  changesSinceStart,
  discardDamagedPrograms,
  lowSpace,
  type RunningPlatform,
  StartError,
  startPlatform,
  stateFolder,
  StoppedError,
} from '@sundial/local'
import { SundialError } from '@sundial/platform'
import { workloadsOf, type Plan } from '@sundial/platform/model'
import type { CommandCall } from './commands.ts'
import { findProject, type Project } from './config.ts'
import { loadPlan, replicaOptions } from './load-plan.ts'
import { print, seconds } from './output.ts'
import { ProgressLine } from './progress.ts'
import { reportError } from './report-error.ts'
import { screen, terminalOf } from './terminal.ts'
import { wrap } from './text.ts'
import { changesView } from './views/changes.ts'
import { LiveView } from './views/live-view.ts'
import { StartView } from './views/start-view.ts'
import { summary } from './views/summary.ts'

export interface Up {
  readonly project: Project
  readonly plan: Plan
  readonly fresh: boolean
  readonly demo: boolean
  /** As they were given, for the process that runs in the background. */
  readonly replicas: readonly string[]
}

/** SIGHUP: the terminal was closed. */
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What `up` and `dev` start. */
export async function prepareUp(options: CommandCall['options']): Promise<Up> {
  const project = findProject()
  const plan = await loadPlan(project, options)
  return { project, plan, fresh: options['fresh'] === true, demo: options['demo'] === true, replicas: replicaOptions(options) }
}

/** Runs what starts a platform. Whoever starts one that runs may have changed something, and expect to see it. */
export async function sayingChanges({ project, plan }: Up, start: () => Promise<number>): Promise<number> {
  try {
    return await start()
  } catch (error) {
    if (error instanceof SundialError && error.code === 'SUN_ALREADY_RUNNING') {
      const changes = await changesSinceStart(stateFolder(project.folder, plan.platform.environment), plan)
      if (changes.length > 0) process.stderr.write(`${changesView(changes, plan.platform, terminalOf(process.stderr))}\n\n`)
    }
    throw error
  }
}

/** What goes on while the platform runs in the foreground. */
export interface Stay {
  readonly platform: RunningPlatform
  readonly view: LiveView
  /** Given when everything is to stop. */
  readonly signal: AbortSignal
}

/** Starts the platform, and stays until a signal ends it. `beside` is called when it is up. */
export async function runInForeground({ project, plan, fresh, demo }: Up, beside?: (stay: Stay) => Promise<void>): Promise<number> {
  const stop = new AbortController()
  const progress = new ProgressLine()
  const began = performance.now()
  const onSignal = (): void => stop.abort(new StoppedError())
  for (const signal of STOP_SIGNALS) process.on(signal, onSignal)
  print(`${screen().colors.bold(plan.platform.name)} ${screen().colors.dim(`· ${plan.platform.environment}`)}`)
  if (!fresh) await warn(project, plan)
  let platform: RunningPlatform | undefined
  let view: StartView | undefined
  try {
    platform = await startPlatform({ plan, projectFolder: project.folder, fresh, signal: stop.signal, onProgram: (event) => progress.program(event) })
    progress.clear()
    view = new StartView(platform.supervisor, progress, began)
    await Promise.race([platform.supervisor.whenReady(), aborted(stop.signal)])
    view.close()
    print(`${screen().colors.green('✓')} ready in ${seconds(performance.now() - began)}\n`)
    const failed = demo ? await runDemos(platform, { plan, signal: stop.signal }) : undefined
    print(summary(platform.supervisor.status().processes, { plan, stateFolder: platform.state.root }))
    if (failed) reportError(failed)
    await live(platform, stop.signal, beside)
    return failed?.exitCode ?? 0
  } catch (error) {
    if (error instanceof StoppedError) return 0
    if (error instanceof StartError) throw await startFailed(error, { project, plan })
    throw error
  } finally {
    view?.close()
    progress.clear()
    if (platform) await stopAll(platform)
    for (const signal of STOP_SIGNALS) process.off(signal, onSignal)
  }
}

async function startFailed(error: StartError, { project, plan }: Pick<Up, 'project' | 'plan'>): Promise<SundialError> {
  const space = await lowSpace(stateFolder(project.folder, plan.platform.environment))
  const damaged = await discardDamagedPrograms(plan)
  const hints = [
    ...(space === undefined ? [] : [`Make space, which may be the cause: ${space}.`]),
    ...(damaged.length === 0 ? [] : [`Start again, which fetches anew what may be the cause: ${damaged.join('; ')}.`]),
    'The whole logs: ./sundial logs <process>. What this machine lacks: ./sundial doctor',
  ]
  return new SundialError('SUN_START_FAILED', error.message, { hint: hints.join(' '), cause: error })
}

/** Stays until a signal, and shows what changes. */
async function live(platform: RunningPlatform, signal: AbortSignal, beside?: (stay: Stay) => Promise<void>): Promise<void> {
  const view = new LiveView(platform.supervisor)
  try {
    await beside?.({ platform, view, signal })
    await aborted(signal).catch(() => undefined)
  } finally {
    view.close()
  }
}

async function stopAll(platform: RunningPlatform): Promise<void> {
  print(screen().colors.dim('stopping, in order …'))
  const began = performance.now()
  await platform.stop()
  print(`${screen().colors.green('✓')} stopped in ${seconds(performance.now() - began)}; nothing is left running`)
}

/** The error of the first that fails; the platform stays up, so that one can look. */
async function runDemos(platform: RunningPlatform, { plan, signal }: { plan: Plan; signal: AbortSignal }): Promise<SundialError | undefined> {
  for (const task of workloadsOf(plan).filter(({ runs }) => runs === 'task')) {
    const code = await platform.runTask(task.name, signal)
    signal.throwIfAborted()
    print('')
    if (code !== 0) return new SundialError('SUN_DEMO_FAILED', `${task.name} failed; the platform stays up`, { hint: 'Look at the logs: ./sundial logs' })
  }
  return undefined
}

/** Says what a changed setting means for the data that are there. */
export async function warn(project: Project, plan: Plan): Promise<void> {
  const changed = await changedDataSettings(stateFolder(project.folder, plan.platform.environment), plan.dataSettings)
  const { width, colors } = terminalOf(process.stderr)
  for (const text of changed) {
    const whole = `${text} Set it back to see the old data; or begin with no data: ./sundial up --fresh`
    process.stderr.write(`${wrap(whole, { width, prefix: `${colors.yellow('!')} ` })}\n`)
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(new StoppedError())
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

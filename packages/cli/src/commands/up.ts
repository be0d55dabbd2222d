import { installPrograms, type RunningPlatform, startDetached, StartError, startPlatform, stateFolder, StoppedError } from '@sundial/local'
import { SundialError } from '@sundial/platform'
import { workloadsOf, type Plan } from '@sundial/platform/model'
import { makePlan } from '@sundial/platform/plan'
import colors from 'picocolors'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject, loadPlatform, type Project } from '../config.ts'
import { print } from '../output.ts'
import { ProgressLine } from '../progress.ts'
import { reportError } from '../report-error.ts'
import { LiveView } from '../views/live-view.ts'
import { startLine, StartView } from '../views/start-view.ts'
import { summary } from '../views/summary.ts'

interface Up {
  readonly project: Project
  readonly plan: Plan
  readonly fresh: boolean
  readonly demo: boolean
}

export async function run({ options }: CommandCall): Promise<number> {
  const project = findProject()
  const plan = makePlan(await loadPlatform(project, environmentName(String(options['environment']))))
  const up: Up = { project, plan, fresh: options['fresh'] === true, demo: options['demo'] === true }
  return options['detach'] ? runDetached(up) : runInForeground(up)
}

async function runInForeground({ project, plan, fresh, demo }: Up): Promise<number> {
  const stop = new AbortController()
  const progress = new ProgressLine()
  const began = Date.now()
  const onSignal = (): void => stop.abort()
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  print(`${colors.bold(plan.platform.name)} ${colors.dim(`· ${plan.platform.environment}`)}`)
  const platform = await startPlatform({
    plan,
    projectFolder: project.folder,
    fresh,
    signal: stop.signal,
    onProgram: (event) => progress.program(event),
  }).finally(() => progress.clear())
  const view = new StartView(platform.supervisor, progress, began)
  try {
    await Promise.race([platform.supervisor.whenReady(), aborted(stop.signal)])
    view.close()
    print(`${colors.green('✓')} ready in ${seconds(Date.now() - began)}\n`)
    const code = demo ? await Promise.race([runDemos(platform, plan), aborted(stop.signal)]) : 0
    print(summary(platform.supervisor.status().processes, { plan, stateFolder: platform.state.root }))
    const failed =
      code === 0
        ? undefined
        : new SundialError('SUN_DEMO_FAILED', 'the demonstration failed; the platform stays up', { hint: 'Look at the logs: ./sundial logs' })
    if (failed) reportError(failed)
    await live(platform, stop.signal)
    return failed?.exitCode ?? 0
  } catch (error) {
    view.close()
    if (error instanceof StoppedError) return 0
    if (error instanceof StartError)
      throw new SundialError('SUN_START_FAILED', error.message, { hint: 'The whole logs: ./sundial logs <process>', cause: error })
    throw error
  } finally {
    await stopAll(platform)
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

/** Stays until a signal, and shows what changes. */
async function live(platform: RunningPlatform, signal: AbortSignal): Promise<void> {
  const view = new LiveView(platform.supervisor)
  await aborted(signal).catch(() => undefined)
  view.close()
}

async function stopAll(platform: RunningPlatform): Promise<void> {
  print(colors.dim('stopping, in order …'))
  const began = Date.now()
  await platform.stop()
  print(`${colors.green('✓')} stopped in ${seconds(Date.now() - began)}; nothing is left running`)
}

async function runDemos(platform: RunningPlatform, plan: Plan): Promise<number> {
  for (const task of workloadsOf(plan).filter(({ runs }) => runs === 'task')) {
    const code = await platform.runTask(task.name)
    print('')
    if (code !== 0) return code
  }
  return 0
}

/** Programs are fetched here, where somebody sees it; the rest happens in a process of its own. */
async function runDetached({ project, plan, fresh, demo }: Up): Promise<number> {
  if (demo) throw new SundialError('SUN_UNKNOWN_NAME', '--demo needs the terminal, and --detach gives it back', { hint: 'Leave one of them out.' })
  const progress = new ProgressLine()
  const began = Date.now()
  await installPrograms(plan, { onProgress: (event) => progress.program(event) }).finally(() => progress.clear())
  const { environment } = plan.platform
  const state = stateFolder(project.folder, environment)
  const start = await startDetached({
    state,
    cwd: project.folder,
    args: [process.argv[1] ?? '', 'up', '--environment', environment, ...(fresh ? ['--fresh'] : [])],
    onStatus: (current) => progress.show(startLine(current)),
  }).finally(() => progress.clear())
  if ('output' in start) {
    process.stderr.write(start.output)
    return start.exitCode
  }
  const { status } = start
  print(`${colors.green('✓')} ready in ${seconds(Date.now() - began)}, as process ${status.pid}. Stop it: ./sundial down\n`)
  print(summary(status.processes, { plan, stateFolder: state.root }))
  return 0
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(new StoppedError())
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`
}

import { execFile } from 'node:child_process'
import { develop, type DevelopEvent, type PlanComparison } from '@sundial/local/dev'
import type { Plan } from '@sundial/platform/model'
import { planDocument } from '@sundial/platform/plan-document'
import type { CommandCall } from '../commands.ts'
import type { Project } from '../config.ts'
import { followLogs, LogFile, logNames } from '../log-files.ts'
import { changedParts } from '../plan-difference.ts'
import { screen } from '../terminal.ts'
import { describeEvent } from '../views/dev-view.ts'
import type { LogLevel } from '../views/log-line.ts'
import { LogView } from '../views/log-view.ts'
import { prepareUp, runInForeground, sayingChanges, type Stay } from '../foreground.ts'

export async function run({ options }: CommandCall): Promise<number> {
  const up = await prepareUp(options)
  const chosen: LogLevel | undefined = options['all'] ? 'debug' : options['quiet'] ? 'warn' : undefined
  return sayingChanges(up, () => runInForeground(up, (stay) => work({ ...stay, ...up, chosen })))
}

interface Work extends Stay {
  readonly project: Project
  readonly plan: Plan
  readonly replicas: readonly string[]
  readonly chosen: LogLevel | undefined
}

async function work({ platform, project, plan, replicas, signal, view, chosen }: Work): Promise<void> {
  await showLogs({ platform, plan, signal, view, chosen })
  const onEvent = (event: DevelopEvent): void => {
    if (event.kind === 'built') view.expect(event.restarts)
    // What is built and changes nothing that runs, such as a text, is no news.
    if (event.kind === 'built' && !event.fixed && event.restarts.length + event.jobs.length === 0) return
    view.print(describeEvent(event))
  }
  const { environment, features } = plan.platform
  const options = ['--environment', environment, ...features.flatMap((name) => ['--with', name]), ...replicas.flatMap((each) => ['--replicas', each])]
  const running = planDocument(plan)
  const comparePlan = (): Promise<PlanComparison> => comparison(project, options, running)
  const watching = await develop({ platform, projectFolder: project.folder, configFile: project.configFile, comparePlan, onEvent })
  view.print(`${screen().colors.cyan('●')} Save a file, and what it changes is built and restarted. Running workflows go on.`)
  signal.addEventListener('abort', () => void watching.close(), { once: true })
}

async function showLogs({ platform, plan, signal, view, chosen }: Omit<Work, 'project' | 'replicas'>): Promise<void> {
  const folder = platform.state.logs
  const logs = (await logNames(folder)).map((name) => new LogFile(folder, name))
  for (const log of logs) await log.lastLines(0)
  const applications = new Set(Object.keys(plan.platform.applications))
  const components = new Map(platform.processes.processes.map(({ name, component }) => [name, component]))
  const levelOf = (name: string): LogLevel => chosen ?? (applications.has(components.get(name) ?? '') ? 'info' : 'warn')
  const lines = new LogView({ names: [...components.keys()], levelOf, print: (text) => view.print(text) })
  void followLogs(folder, logs, { write: (name, line) => lines.add(name, line), signal })
}

/** In a process of its own: a module that was loaded once cannot be loaded anew. */
function comparison({ folder }: Project, options: readonly string[], running: object): Promise<PlanComparison> {
  return new Promise((resolve) => {
    const args = [process.argv[1] ?? '', 'plan', '--json', ...options]
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } }, (error, stdout, stderr) => {
      if (!error) return resolve({ parts: changedParts(JSON.parse(JSON.stringify(running)), JSON.parse(stdout)) })
      resolve({ problem: messageOf(stderr) || error.message })
    })
  })
}

/** With --json, an error that a user can mend is a document too. */
function messageOf(stderr: string): string {
  try {
    return (JSON.parse(stderr) as { error: { message: string } }).error.message
  } catch {
    return stderr.trim()
  }
}

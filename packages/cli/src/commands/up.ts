import { installPrograms, startDetached, stateFolder } from '@sundial/local'
import { SundialError } from '@sundial/platform'
import type { CommandCall } from '../commands.ts'
import { prepareUp, runInForeground, sayingChanges, type Up, warn } from '../foreground.ts'
import { print, seconds } from '../output.ts'
import { ProgressLine } from '../progress.ts'
import { screen } from '../terminal.ts'
import { startLine } from '../views/start-view.ts'
import { summary } from '../views/summary.ts'

export async function run({ options }: CommandCall): Promise<number> {
  const up = await prepareUp(options)
  return sayingChanges(up, () => (options['detach'] ? runDetached(up) : runInForeground(up)))
}

/** Programs are fetched here, where somebody sees it; the rest happens in a process of its own. */
async function runDetached({ project, plan, fresh, demo, replicas }: Up): Promise<number> {
  if (demo) throw new SundialError('SUN_USAGE', '--demo needs the terminal, and --detach gives it back', { hint: 'Leave one of them out.' })
  if (!fresh) await warn(project, plan)
  const progress = new ProgressLine()
  const began = performance.now()
  await installPrograms(plan, { onProgress: (event) => progress.program(event) }).finally(() => progress.clear())
  const { environment } = plan.platform
  const state = stateFolder(project.folder, environment)
  const start = await startDetached({
    state,
    cwd: project.folder,
    args: [
      process.argv[1] ?? '',
      'up',
      '--environment',
      environment,
      ...plan.platform.features.flatMap((name) => ['--with', name]),
      ...(fresh ? ['--fresh'] : []),
      ...replicas.flatMap((each) => ['--replicas', each]),
    ],
    onStatus: (current) => progress.show(startLine(current, progress.terminal)),
  }).finally(() => progress.clear())
  if ('output' in start) {
    process.stderr.write(start.output)
    return start.exitCode
  }
  const { status } = start
  print(`${screen().colors.green('✓')} ready in ${seconds(performance.now() - began)}, as process ${status.pid}. Stop it: ./sundial down\n`)
  print(summary(status.processes, { plan, stateFolder: state.root }))
  return 0
}

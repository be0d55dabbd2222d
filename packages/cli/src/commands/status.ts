import { changesSinceStart, lowSpace, notRunning, readStatus, runningFeatures, stateFolder } from '@sundial/local'
import { SundialError } from '@sundial/platform'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { loadPlan } from '../load-plan.ts'
import { print, printJson } from '../output.ts'
import { screen } from '../terminal.ts'
import { wrap } from '../text.ts'
import { changesView } from '../views/changes.ts'
import { statusView } from '../views/status-view.ts'
import { summary } from '../views/summary.ts'

export async function run({ options }: CommandCall): Promise<number> {
  const project = findProject()
  const environment = environmentName(String(options['environment']))
  if (targetOf(options) === 'kubernetes') {
    const { showClusterStatus } = await import('../kubernetes/cluster-status.ts')
    return await showClusterStatus(project, environment, options)
  }
  const state = stateFolder(project.folder, environment)
  const status = await readStatus(state)
  if (!status) throw await notRunning(state)
  // What was switched on for this start is no difference from the configuration.
  const plan = await loadPlan(project, { ...options, with: await runningFeatures(state) })
  const changes = await changesSinceStart(state, plan)
  if (options['json']) printJson({ ...status, changes })
  else {
    print(`${statusView(status, new Date())}\n`)
    print(summary(status.processes, { plan, stateFolder: state.root }))
    const space = await lowSpace(state)
    if (space !== undefined) print(wrap(space, { width: screen().width, prefix: `${screen().colors.yellow('!')} ` }))
    if (changes.length > 0) print(changesView(changes, plan.platform))
  }
  return status.state === 'ready' ? 0 : 1
}

const TARGETS = ['process', 'kubernetes'] as const

function targetOf({ target }: CommandCall['options']): (typeof TARGETS)[number] {
  const known = TARGETS.find((name) => name === target)
  if (known) return known
  throw new SundialError('SUN_UNKNOWN_NAME', `"${String(target)}" is not a target; known: ${TARGETS.join(', ')}`, { hint: 'Use one of these.' })
}

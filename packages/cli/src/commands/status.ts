import { changesSinceStart, lowSpace, notRunning, readStatus, stateFolder, type ProcessStatus, type SupervisorStatus } from '@sundial/local'
import colors from 'picocolors'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { loadPlan } from '../load-plan.ts'
import { print, printJson, table } from '../output.ts'
import { describeChanges } from '../views/changes.ts'
import { summary } from '../views/summary.ts'

export async function run({ options }: CommandCall): Promise<number> {
  const project = findProject()
  const environment = environmentName(String(options['environment']))
  const state = stateFolder(project.folder, environment)
  const status = await readStatus(state)
  if (!status) throw await notRunning(state)
  const plan = await loadPlan(project, options)
  const changes = await changesSinceStart(state, plan)
  if (options['json']) printJson({ ...status, changes })
  else {
    print(`${describe(status)}\n`)
    print(summary(status.processes, { plan, stateFolder: state.root }))
    const space = await lowSpace(state)
    if (space !== undefined) print(`${colors.yellow('!')} ${space}`)
    if (changes.length > 0) print(describeChanges(changes, environment))
  }
  return status.state === 'ready' ? 0 : 1
}

function describe({ state, pid, startedAt, processes }: SupervisorStatus): string {
  const head = `${paint(state)(state)} ${colors.dim(`· process ${pid} · since ${startedAt}`)}`
  const rows = processes.filter(({ kind }) => kind !== 'task')
  return `${head}\n\n${table(rows, [
    { title: 'NAME', value: (row) => row.name },
    { title: 'STATE', value: (row) => row.state, color: (text, row) => paint(row.state)(text) },
    { title: 'PID', value: (row) => String(row.pid ?? '') },
    { title: 'RESTARTS', value: (row) => (row.kind === 'service' ? String(row.restarts) : '') },
    { title: 'PORTS', value: ports },
    { title: '', value: note, color: colors.dim },
  ])}`
}

function note({ problem, waitingFor, balances }: ProcessStatus): string {
  if (problem !== undefined) return problem
  if (waitingFor.length > 0) return `waits for ${waitingFor.join(', ')}`
  return balances ? `balances its ${balances.length} copies` : ''
}

function ports({ ports: numbers }: ProcessStatus): string {
  return Object.entries(numbers)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ')
}

function paint(state: string): (text: string) => string {
  if (state === 'ready' || state === 'completed') return colors.green
  return state === 'failed' ? colors.red : colors.yellow
}

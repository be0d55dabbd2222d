import type { ProcessStatus, SupervisorStatus } from '@sundial/local'
import { duration, table } from '../output.ts'
import { screen, type Colors, type Terminal } from '../terminal.ts'

/** What runs and how it is: a line for all, and a table of processes. Tasks are shown while they run. */
export function statusView({ state, pid, startedAt, processes }: SupervisorStatus, now: Date, terminal: Terminal = screen()): string {
  const { colors } = terminal
  const since = duration(now.getTime() - Date.parse(startedAt))
  const head = `${paint(state, colors)(`● ${state}`)} ${colors.dim(`· started ${since} ago · process ${pid}`)}`
  const rows = processes.filter(({ kind, pid: own }) => kind !== 'task' || own !== undefined)
  if (rows.length === 0) return head
  const body = table(
    rows,
    [
      { title: 'NAME', value: ({ name }) => name },
      { title: 'STATE', value: (row) => row.state, color: (text, row) => paint(row.state, colors)(text) },
      { title: 'PID', value: (row) => String(row.pid ?? '') },
      { title: 'RESTARTS', value: ({ restarts }) => (restarts > 0 ? String(restarts) : ''), color: colors.yellow },
      { title: 'PORTS', value: ports, color: colors.dim },
      { title: 'WHY', value: why, color: (text, row) => (isBad(row) ? paint(row.state, colors)(text) : colors.dim(text)), below: true },
    ],
    terminal,
  )
  const bad = rows.find(isBad)
  const advice = bad ? `\n\n${colors.cyan('→')} ./sundial logs ${bad.name}` : ''
  return `${head}\n\n${body}${advice}`
}

function why({ problem, waitingFor, balances }: ProcessStatus): string {
  if (problem !== undefined) return problem
  if (waitingFor.length > 0) return `waits for ${waitingFor.join(', ')}`
  return balances ? `balances its ${balances.length} copies` : ''
}

function isBad({ state }: ProcessStatus): boolean {
  return state === 'failed' || state === 'not-ready' || state === 'restarting'
}

function ports({ ports: numbers }: ProcessStatus): string {
  return Object.entries(numbers)
    .map(([name, number]) => `${name} ${number}`)
    .join(', ')
}

function paint(state: string, colors: Colors): (text: string) => string {
  if (state === 'ready' || state === 'completed') return colors.green
  if (state === 'failed') return colors.red
  return state === 'stopped' ? colors.dim : colors.yellow
}

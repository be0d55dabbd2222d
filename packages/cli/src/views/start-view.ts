import type { ProcessStatus, RunningPlatform, SupervisorStatus } from '@sundial/local'
import colors from 'picocolors'
import { print } from '../output.ts'
import type { ProgressLine } from '../progress.ts'

type Supervisor = RunningPlatform['supervisor']

/** As many of the last lines of a process that ended are shown while it is tried again. */
const SHOWN_LINES = 3

/** Shows a start: one line for each process that is up, and one that changes for what is still waited for. */
export class StartView {
  readonly #supervisor: Supervisor
  readonly #progress: ProgressLine
  readonly #began: number
  readonly #shown = new Set<string>()
  readonly #explained = new Set<string>()

  constructor(supervisor: Supervisor, progress: ProgressLine, began: number) {
    this.#supervisor = supervisor
    this.#progress = progress
    this.#began = began
    supervisor.events.on('change', this.#onChange)
  }

  close(): void {
    this.#supervisor.events.off('change', this.#onChange)
    this.#progress.clear()
  }

  readonly #onChange = (status: ProcessStatus): void => {
    if ((status.state === 'ready' || status.state === 'completed') && !this.#shown.has(status.name)) {
      this.#shown.add(status.name)
      this.#progress.clear()
      print(`${colors.green('✓')} ${status.name.padEnd(34)} ${colors.dim(`${((performance.now() - this.#began) / 1000).toFixed(1).padStart(5)} s`)}`)
    }
    if (status.state === 'restarting') {
      this.#progress.clear()
      print(`${colors.yellow('!')} ${status.name}: ${status.problem ?? 'ended'}; starting it again`)
      this.#showWhy(status.name)
    }
    if (process.stderr.isTTY) this.#progress.show(startLine(this.#supervisor.status()))
  }

  /** Once: a mistake in the configuration shows itself at the first of several attempts. */
  #showWhy(name: string): void {
    if (this.#explained.has(name)) return
    this.#explained.add(name)
    for (const line of this.#supervisor.problem(name).lastLines.slice(-SHOWN_LINES)) print(`  ${colors.dim(line)}`)
  }
}

/** What a start still waits for, on one line. */
export function startLine({ processes }: Pick<SupervisorStatus, 'processes'>): string {
  if (processes.length === 0) return `${colors.cyan('●')} getting ready`
  const busy = processes.filter(({ state }) => state === 'starting').map(({ name }) => name)
  const done = processes.filter(({ state }) => state === 'ready' || state === 'completed').length
  const all = processes.filter(({ kind }) => kind !== 'task').length
  return `${colors.cyan('●')} ${done} of ${all} up${busy.length > 0 ? `; starting ${busy.join(', ')}` : ''}`
}

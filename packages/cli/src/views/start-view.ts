import type { ProcessStatus, RunningPlatform, SupervisorStatus } from '@sundial/local'
import { print, seconds } from '../output.ts'
import type { ProgressLine } from '../progress.ts'
import { screen, type Terminal } from '../terminal.ts'
import { columns, fitNames, padEnd, wrap } from '../text.ts'

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
    const { processes } = this.#supervisor.status()
    if ((status.state === 'ready' || status.state === 'completed') && !this.#shown.has(status.name)) {
      this.#shown.add(status.name)
      this.#progress.clear()
      print(upLine(status.name, { processes, milliseconds: performance.now() - this.#began }))
    }
    if (status.state === 'restarting') {
      this.#progress.clear()
      print(againLines(status, this.#why(status.name)))
    }
    if (this.#progress.terminal.live) this.#progress.show(startLine({ processes }, this.#progress.terminal))
  }

  /** Once: a mistake in the configuration shows itself at the first of several attempts. */
  #why(name: string): readonly string[] {
    if (this.#explained.has(name)) return []
    this.#explained.add(name)
    return this.#supervisor.problem(name).lastLines.slice(-SHOWN_LINES)
  }
}

interface Up {
  /** All that are started: their times stand below each other. */
  readonly processes: readonly Pick<ProcessStatus, 'name'>[]
  /** Since the start. */
  readonly milliseconds: number
}

/** A process that is up. */
export function upLine(name: string, { processes, milliseconds }: Up, { colors }: Terminal = screen()): string {
  const width = Math.max(...processes.map((each) => columns(each.name)))
  return `${colors.green('✓')} ${padEnd(name, width)}  ${colors.dim(seconds(milliseconds).padStart(7))}`
}

/** A process that ended while the platform starts, and what it said last. */
export function againLines(
  { name, problem }: Pick<ProcessStatus, 'name' | 'problem'>,
  lastLines: readonly string[],
  { colors, width }: Terminal = screen(),
): string {
  const head = wrap(`! ${name}: ${problem ?? 'ended'}; starting it again`, { width }).replace('!', colors.yellow('!'))
  return [head, ...lastLines.map((line) => wrap(`  ${colors.dim(line)}`, { width }))].join('\n')
}

/** What a start still waits for, on one line. */
export function startLine({ processes }: Pick<SupervisorStatus, 'processes'>, { colors, width }: Terminal = screen()): string {
  const dot = colors.cyan('●')
  if (processes.length === 0) return `${dot} getting ready`
  const busy = processes.filter(({ state }) => state === 'starting').map(({ name }) => name)
  const done = processes.filter(({ state }) => state === 'ready' || state === 'completed').length
  const all = processes.filter(({ kind }) => kind !== 'task').length
  const head = `${done} of ${all} up`
  if (busy.length === 0) return `${dot} ${head}`
  return `${dot} ${head}; starting ${fitNames(busy, width - columns(`● ${head}; starting `) - 1)}`
}

import type { ProcessStatus, RunningPlatform } from '@sundial/local'
import colors from 'picocolors'
import { print, seconds } from '../output.ts'

type Supervisor = RunningPlatform['supervisor']

/** How often the time in the status line is brought up to date, milliseconds. */
const PERIOD_MS = 1000

/** While the platform runs: a line for everything that happens, and a status line that is always the last. */
export class LiveView {
  readonly #supervisor: Supervisor
  readonly #since = performance.now()
  readonly #down = new Map<string, number>()
  readonly #clock: NodeJS.Timeout | undefined

  constructor(supervisor: Supervisor) {
    this.#supervisor = supervisor
    supervisor.events.on('change', this.#onChange)
    if (process.stdout.isTTY) this.#clock = setInterval(() => this.#draw(), PERIOD_MS)
    this.#draw()
  }

  close(): void {
    clearInterval(this.#clock)
    this.#supervisor.events.off('change', this.#onChange)
    this.#erase()
  }

  readonly #onChange = (status: ProcessStatus): void => {
    const line = this.#event(status)
    if (line !== undefined) {
      this.#erase()
      print(`${colors.dim(new Date().toLocaleTimeString('en-GB'))} ${line}`)
    }
    this.#draw()
  }

  #event({ name, state, problem, kind }: ProcessStatus): string | undefined {
    if (kind !== 'service') return undefined
    const wentDown = this.#down.get(name)
    if (state === 'ready') {
      this.#down.delete(name)
      return wentDown === undefined ? undefined : `${colors.green('✓')} ${name} is back after ${seconds(performance.now() - wentDown)}`
    }
    if (wentDown !== undefined || (state !== 'not-ready' && state !== 'restarting' && state !== 'failed')) return undefined
    this.#down.set(name, performance.now())
    return `${colors.yellow('!')} ${name} ${problem ?? 'is not ready'}`
  }

  #draw(): void {
    if (!process.stdout.isTTY) return
    const { state, processes } = this.#supervisor.status()
    const services = processes.filter(({ kind }) => kind === 'service')
    const ready = services.filter((service) => service.state === 'ready').length
    const dot = state === 'ready' ? colors.green('●') : colors.yellow('●')
    const text = `${state} · ${ready} of ${services.length} processes · up ${duration(performance.now() - this.#since)} · Ctrl-C stops it`
    this.#erase()
    process.stdout.write(`${dot} ${text.slice(0, Math.max(10, (process.stdout.columns || 80) - 3))}`)
  }

  #erase(): void {
    if (process.stdout.isTTY) process.stdout.write('\r\u001B[2K')
  }
}

function duration(milliseconds: number): string {
  const whole = Math.floor(milliseconds / 1000)
  const minutes = Math.floor(whole / 60)
  if (minutes === 0) return `${whole} s`
  return minutes < 60 ? `${minutes} m ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} m`
}

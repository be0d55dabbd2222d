import type { ProcessStatus, RunningPlatform, SupervisorStatus } from '@sundial/local'
import { duration, print, seconds } from '../output.ts'
import { screen, type Terminal } from '../terminal.ts'
import { longest, wrap } from '../text.ts'

type Supervisor = RunningPlatform['supervisor']

/** How often the time in the status line is brought up to date, milliseconds. */
const PERIOD_MS = 1000

/** While the platform runs: a line for everything that happens, and a status line that is always the last. */
export class LiveView {
  readonly #supervisor: Supervisor
  readonly #since = performance.now()
  readonly #down = new Map<string, number>()
  readonly #expected = new Set<string>()
  readonly #clock: NodeJS.Timeout | undefined

  constructor(supervisor: Supervisor) {
    this.#supervisor = supervisor
    supervisor.events.on('change', this.#onChange)
    if (screen().live) this.#clock = setInterval(() => this.#draw(), PERIOD_MS)
    this.#draw()
  }

  /** Prints text above the status line; its first line gets the time before it. */
  print(text: string): void {
    this.#printAbove(`${screen().colors.dim(now())} ${text}`)
    this.#draw()
  }

  /** That these restart once is said elsewhere. */
  expect(names: readonly string[]): void {
    for (const name of names) this.#expected.add(name)
  }

  close(): void {
    clearInterval(this.#clock)
    this.#supervisor.events.off('change', this.#onChange)
    this.#erase()
  }

  readonly #onChange = (status: ProcessStatus): void => {
    const event = this.#event(status)
    if (event) this.#printAbove(eventLine(event, now()))
    this.#draw()
  }

  #event({ name, state, problem, kind }: ProcessStatus): LiveEvent | undefined {
    if (kind !== 'service') return undefined
    const wentDown = this.#down.get(name)
    if (state === 'ready') {
      this.#down.delete(name)
      this.#expected.delete(name)
      return wentDown === undefined ? undefined : { name, downMs: performance.now() - wentDown }
    }
    if (wentDown !== undefined || this.#expected.has(name) || (state !== 'not-ready' && state !== 'restarting' && state !== 'failed')) return undefined
    this.#down.set(name, performance.now())
    return { name, problem: problem ?? 'is not ready' }
  }

  #printAbove(text: string): void {
    this.#erase()
    print(text)
  }

  #draw(): void {
    const terminal = screen()
    if (!terminal.live) return
    this.#erase()
    process.stdout.write(statusLine(this.#supervisor.status(), performance.now() - this.#since, terminal))
  }

  #erase(): void {
    if (screen().live) process.stdout.write('\r\u001B[2K')
  }
}

/** A process that is not there any more, or is back after some time. */
export type LiveEvent = { readonly name: string; readonly problem: string } | { readonly name: string; readonly downMs: number }

export function eventLine(event: LiveEvent, time: string, { colors, width }: Terminal = screen()): string {
  const mark = 'problem' in event ? colors.yellow('!') : colors.green('✓')
  const text = 'problem' in event ? `${event.name}: ${event.problem}` : `${event.name} is back after ${seconds(event.downMs)}`
  return wrap(text, { width, prefix: `${colors.dim(time)} ${mark} ` })
}

/** How all of it is, on one line; a narrow one leaves out what can be missed. */
export function statusLine({ state, processes }: Pick<SupervisorStatus, 'state' | 'processes'>, upMs: number, { colors, width }: Terminal): string {
  const services = processes.filter(({ kind }) => kind === 'service')
  const ready = services.filter((service) => service.state === 'ready').length
  const dot = state === 'ready' ? colors.green('●') : colors.yellow('●')
  const count = `${state} · ${ready} of ${services.length} processes`
  const up = `up ${duration(upMs)}`
  const texts = [`${count} · ${up} · Ctrl-C stops it`, `${count} · Ctrl-C stops it`, count, state]
  return `${dot} ${longest(texts, width - '● '.length - 1)}`
}

/** The time of day, as it stands before what happened. */
function now(): string {
  return new Date().toLocaleTimeString('en-GB')
}

import { setTimeout as pause } from 'node:timers/promises'
import type { PlatformClient } from '../../support/platform-client.ts'
import type { Kill } from './matrix.ts'

/** How one kill went. */
export interface Recovery {
  readonly killed: Kill
  /** From the kill until each of them was ready again, milliseconds, by process. */
  readonly backMs: Readonly<Record<string, number>>
  /** Until everything was ready, milliseconds. */
  readonly allReadyMs: number
  /** Orders under way at the moment of the kill. */
  readonly underWay: number
}

/** How often the status is read, milliseconds: the error of the times. */
const LOOK_MS = 20

/** Kills processes at once, and stays until everything is ready again. @throws if that takes longer than `withinMs` */
export async function killAndWait(platform: PlatformClient, killed: Kill, { withinMs, underWay }: { withinMs: number; underWay: number }): Promise<Recovery> {
  const victims = (await platform.services()).filter(({ name }) => killed.includes(name))
  const began = performance.now()
  for (const { pid } of victims) process.kill(pid!, 'SIGKILL')
  const backMs: Record<string, number> = {}
  for (;;) {
    const { state, processes } = await platform.status()
    const elapsed = Math.round(performance.now() - began)
    for (const { name, pid } of victims) {
      const now = processes.find((process) => process.name === name)
      if (now?.state === 'ready' && now.pid !== pid) backMs[name] ??= elapsed
    }
    if (state === 'ready' && Object.keys(backMs).length === victims.length) return { killed, backMs, allReadyMs: elapsed, underWay }
    if (elapsed > withinMs) {
      const open = processes
        .filter((process) => !['ready', 'completed', 'stopped'].includes(process.state))
        .map(({ name, state: of, problem }) => `${name} is ${of}: ${problem}`)
      throw new Error(`${killed.join(' and ')} were killed, and after ${withinMs / 1000} s not everything is back: ${open.join('; ')}`)
    }
    await pause(LOOK_MS)
  }
}

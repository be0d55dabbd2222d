import { setTimeout as pause } from 'node:timers/promises'
import { account, type Violation } from '../../shop/accounting.ts'
import { ShopApi } from '../../shop/api.ts'
import { readBooks } from '../../shop/books.ts'
import { orderOf } from '../../shop/mix.ts'
import type { PlatformClient } from '../../support/platform-client.ts'
import { killAndWait, type Recovery } from './kill.ts'
import { Load } from './load.ts'
import { killMatrix } from './matrix.ts'
import type { KillsResult } from './result.ts'

export interface KillsOptions {
  readonly orders: number
  readonly customers: number
  /** After this no process is killed and no order placed any more, minutes. What was done then is counted. */
  readonly minutes: number
  /** Ends it early. */
  readonly signal: AbortSignal
  readonly onProgress: (line: string) => void
}

/** Everything has to be back this soon after a kill, milliseconds. */
const RECOVERY_MS = 90_000
/** Of the orders that belong to a kill, this part is under way before it, and the rest is sent while things are down. */
const BEFORE_KILL = 0.4
const LOOK_MS = 50
/** After the drill's time, orders that are under way have this long to end: longer than the deadline of an approval and the recovery of everything. */
const LAST_ORDERS_MS = 150_000

/** Runs orders through a platform that is ready and has seen none, while its processes are killed, alone and in pairs; then checks the books. */
export async function killsDrill(platform: PlatformClient, { orders, customers, minutes, signal, onProgress }: KillsOptions): Promise<KillsResult> {
  const began = performance.now()
  const processes = (await platform.services()).map(({ name }) => name)
  const matrix = killMatrix(processes)
  const before = await readBooks(platform)
  const placed = Array.from({ length: orders }, (_, number) => orderOf(number, 'drill'))
  const load = new Load({ api: new ShopApi(platform, signal), orders: placed, customers })
  const recoveries: Recovery[] = []
  const isLate = (): boolean => performance.now() - began > minutes * 60_000
  const tell = (what: string): void => {
    const seconds = Math.round((performance.now() - began) / 1000)
    onProgress(`${seconds} s · kill ${recoveries.length}/${matrix.length} · orders ${load.ended.length}/${orders} ended, ${load.underWay} under way · ${what}`)
  }
  const until = async (condition: () => boolean, what: string): Promise<void> => {
    while (!condition() && !isLate()) {
      signal.throwIfAborted()
      tell(what)
      await Promise.race([pause(LOOK_MS), load.done])
    }
  }

  for (const [step, kill] of matrix.entries()) {
    const from = Math.round((step * orders) / matrix.length)
    const to = Math.round(((step + 1) * orders) / matrix.length)
    load.release(to)
    await until(() => load.taken >= from + Math.floor((to - from) * BEFORE_KILL), 'orders before the next kill')
    if (isLate()) break
    tell(`killing ${kill.join(' and ')}`)
    recoveries.push(await killAndWait(platform, kill, { withinMs: RECOVERY_MS, underWay: load.underWay }))
  }
  load.release(orders)
  await until(() => load.ended.length === orders, 'the last orders')
  load.close()
  const allEnded = await Promise.race([load.done.then(() => true), pause(LAST_ORDERS_MS, false)])

  const { state, processes: last } = await platform.status()
  const books = account(before, load.ended, await readBooks(platform))
  const violations: Violation[] = []
  const incomplete: string[] = []
  if (recoveries.length < matrix.length) incomplete.push(`${recoveries.length} of ${matrix.length} kills`)
  if (load.ended.length < orders) incomplete.push(`${load.ended.length} of ${orders} orders`)
  if (!allEnded) violations.push({ about: 'orders', what: `${load.underWay} have not ended ${LAST_ORDERS_MS / 1000} s after the last was placed` })
  if (state !== 'ready') violations.push({ about: 'the platform', what: `is ${state} at the end` })
  return {
    seconds: Math.round((performance.now() - began) / 1000),
    incomplete,
    account: { ...books, violations: [...books.violations, ...violations] },
    recoveries,
    restarts: Object.fromEntries(last.filter(({ kind }) => kind === 'service').map(({ name, restarts }) => [name, restarts])),
  }
}

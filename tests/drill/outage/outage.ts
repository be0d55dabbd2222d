import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { api, order } from '../../support/orders.ts'
import { addressOf } from '../../support/platform.ts'
import { HealthWatch } from './health-watch.ts'
import { silence } from './silence.ts'

export interface OutageOptions {
  /** How long the server answers nothing. */
  readonly seconds: number
  /** How many callers start orders, one after the other. */
  readonly callers: number
  /** How many orders they have started before it begins, at least, and after it. */
  readonly around: number
}

/** What was seen; times are in milliseconds. */
export interface OutageResult {
  readonly seconds: number
  /** Processes of the frontend that were kept from answering: the platform ends one that hangs, and starts another. */
  readonly halted: number
  /** Orders that callers were told to have been started. */
  readonly started: number
  /** Runs that there are of those orders. */
  readonly runs: number
  /** Requests to start, with those that were repeated. */
  readonly requests: number
  /** How often each status was the answer; `0`: none in time, or the connection broke. */
  readonly statuses: Readonly<Record<string, number>>
  readonly slowestMs: number
  /** From the beginning of the outage to the first answer that a process is not ready. */
  readonly notReadyAfterMs: Readonly<Record<string, number>>
  /** From its end to the first answer that it is. */
  readonly readyAgainAfterMs: Readonly<Record<string, number>>
  /** Answers of liveness that were anything but yes. */
  readonly notAlive: number
}

const CLIENTS = ['orders-worker', 'orders-api']
/** Milliseconds between two orders of a caller, and before a request is repeated. */
const PACE_MS = 250
/** No request waits this long for Temporal, in milliseconds. */
const GIVE_UP_MS = 30_000

/** Temporal's frontend answers nothing, while callers start orders; each repeats a request until it is told that the order was started. */
export async function outage({ seconds, callers, around }: OutageOptions): Promise<OutageResult> {
  const watch = new HealthWatch(Object.fromEntries(await Promise.all(CLIENTS.map(async (name) => [name, await addressOf(name, 'operations')] as const))))
  const load = new Load()
  const over = new AbortController()
  const all = Promise.all(Array.from({ length: callers }, () => load.call(over.signal)))
  const events = async () => {
    await load.reaches(around)
    const begun = performance.now()
    const halted = await silence('temporal-frontend', seconds)
    const ended = performance.now()
    await watch.untilReady(ended)
    await load.reaches(load.counts().started + around)
    return { halted, begun, ended }
  }
  const { halted, ...times } = await events().finally(() => over.abort())
  await all
  const counts = load.counts()
  return { seconds, halted, ...counts, runs: await runsOf(load.prefix, counts.started), ...watch.close(times) }
}

/** Callers, and what they were told. */
class Load {
  readonly prefix = `outage-${randomUUID().slice(0, 8)}`
  readonly #statuses: Record<string, number> = {}
  #started = 0
  #next = 0
  #slowestMs = 0

  /** Starts orders until the signal is aborted, and then ends the one that it is at. */
  async call(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      const id = `${this.prefix}-${this.#next++}`
      const body = order({ orderId: id })
      const key = randomUUID()
      while (!(await this.#start(id, { body, key }))) await delay(PACE_MS)
      this.#started++
      await delay(PACE_MS)
    }
  }

  async reaches(started: number): Promise<void> {
    while (this.#started < started) await delay(20)
  }

  counts(): Pick<OutageResult, 'started' | 'requests' | 'statuses' | 'slowestMs'> {
    const requests = Object.values(this.#statuses).reduce((sum, count) => sum + count, 0)
    return { started: this.#started, requests, statuses: this.#statuses, slowestMs: Math.round(this.#slowestMs) }
  }

  async #start(id: string, { body, key }: { body: unknown; key: string }): Promise<boolean> {
    const begun = performance.now()
    const answer = api('POST', '/v1/workflows/fulfil-order', { body, headers: { 'workflow-id': id, 'idempotency-key': key } }).then(
      ({ status }) => status,
      () => 0,
    )
    const status = await Promise.race([answer, delay(GIVE_UP_MS, 0)])
    this.#slowestMs = Math.max(this.#slowestMs, performance.now() - begun)
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1
    return status === 200 || status === 201
  }
}

/** How many runs there are. Visibility is a moment behind: it is asked until it has as many as were started, for a minute. */
async function runsOf(prefix: string, atLeast: number): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const { body } = await api('GET', `/v1/workflows:count?workflowIdPrefix=${prefix}-`)
    if (body.count >= atLeast || attempt > 240) return body.count as number
    await delay(250)
  }
}

import type { BalancedBackend, HostPort } from '@sundial/platform/process'
import type { Logger } from 'pino'
import { watchProbe } from '../supervisor/probe-loop.ts'

/** One copy, as the balancer sees it now. */
export interface Backend {
  readonly name: string
  readonly ports: Readonly<Record<string, HostPort>>
  /** What its probe found last. */
  ready: boolean
  /** Why it is not ready. */
  problem: string | undefined
  /** Open connections that were forwarded to it. */
  connections: number
}

/** The copies behind a balancer, and which of them are ready. */
export class Backends {
  readonly all: readonly Backend[]
  readonly #specs: readonly BalancedBackend[]
  #turn = 0

  constructor(specs: readonly BalancedBackend[]) {
    this.#specs = specs
    this.all = specs.map(({ name, ports, ready }) => ({ name, ports, ready: !ready, problem: ready && 'was not asked yet', connections: 0 }))
  }

  /** Asks all of them, again and again, until the signal is given. */
  async watch(over: AbortSignal, logger: Logger): Promise<void> {
    await Promise.all(
      this.#specs.map(async (spec, index) => {
        const backend = this.all[index]
        if (!spec.ready || !backend) return
        await watchProbe(spec.ready, over, ({ ready, reason }) => {
          if (ready !== backend.ready)
            logger[ready ? 'info' : 'warn']({ backend: backend.name, ...(reason !== undefined && { reason }) }, ready ? 'ready' : 'not ready')
          backend.ready = ready
          backend.problem = reason
        })
      }),
    )
  }

  /**
   * In the order in which a new connection tries them: those that are ready first, of them those with the fewest connections, of equals each in
   * its turn. One that is not ready is tried all the same when no other accepts: a probe that is late must not close the service.
   */
  inOrder(): readonly Backend[] {
    const turn = this.#turn++ % this.all.length
    const inTurn = [...this.all.slice(turn), ...this.all.slice(0, turn)]
    return inTurn.toSorted((a, b) => Number(b.ready) - Number(a.ready) || a.connections - b.connections)
  }
}

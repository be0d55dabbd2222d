import { once } from 'node:events'
import { Agent, type ClientRequest, get, type IncomingMessage } from 'node:http'

/** Connections that a client keeps open, one for each of its callers. */
export class KeptConnections {
  readonly #url: string
  readonly #agents: readonly Agent[]

  constructor(url: string, count: number) {
    this.#url = url
    this.#agents = Array.from({ length: count }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
  }

  /** Asks once on each connection. Rejects if one breaks. `isKept`: it was asked on the connection of the request before. */
  ask(): Promise<{ status: number; isKept: boolean }[]> {
    return Promise.all(
      this.#agents.map(async (agent) => {
        const request: ClientRequest = get(this.#url, { agent })
        const [response] = (await once(request, 'response')) as [IncomingMessage]
        await once(response.resume(), 'end')
        return { status: response.statusCode ?? 0, isKept: request.reusedSocket }
      }),
    )
  }

  close(): void {
    for (const agent of this.#agents) agent.destroy()
  }
}

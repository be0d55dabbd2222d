import { api, order } from '../../support/orders.ts'

/** A request that did not get the answer that it should. */
export interface Failure {
  readonly request: string
  readonly status: number
  readonly body: unknown
}

/** What a customer does over and over. Nothing is sent again: each request has one try. */
export class Customer {
  readonly #bearer: () => Promise<string>
  readonly failures: Failure[] = []
  requests = 0

  constructor(bearer: () => Promise<string>) {
    this.#bearer = bearer
  }

  /** Orders, asks how it is going, and waits for the end. Gives the order's id, or nothing if a request failed. */
  async buy(): Promise<string | undefined> {
    const input = order()
    const path = `/v1/workflows/fulfil-order/${input.orderId}`
    const started = await this.ask('POST', '/v1/workflows/fulfil-order', { body: input, headers: { 'workflow-id': input.orderId }, wanted: [201] })
    if (!started) return undefined
    for (;;) {
      const answer = await this.ask('GET', `${path}/result?wait=30`, { wanted: [200, 202] })
      if (!answer) return undefined
      if (answer.status === 200) return input.orderId
    }
  }

  /** Reads again what an order was given and did: the API its result, and a worker its history, to answer the query. */
  async isReadable(orderId: string): Promise<boolean> {
    const path = `/v1/workflows/fulfil-order/${orderId}`
    const result = await this.ask('GET', `${path}/result`, { wanted: [200] })
    const status = await this.ask('GET', `${path}/queries/status`, { wanted: [200] })
    return result?.body.result.orderId === orderId && status?.body.result.step === 'completed'
  }

  async ask(method: string, path: string, { wanted, ...request }: { wanted: readonly number[]; body?: unknown; headers?: Record<string, string> }) {
    this.requests++
    const answer = await api(method, path, { ...request, token: await this.#bearer() })
    if (wanted.includes(answer.status)) return answer
    this.failures.push({ request: `${method} ${path}`, status: answer.status, body: answer.body })
    return undefined
  }
}

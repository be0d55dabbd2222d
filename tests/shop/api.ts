import { setTimeout as pause } from 'node:timers/promises'
import { NotThereError, type PlatformClient } from '../support/platform-client.ts'

export interface Answer {
  readonly status: number
  readonly body: any
}

const SCOPES = 'orders:read orders:write orders:approve'
/** Before asking again a platform that could not answer, milliseconds. */
const PAUSE_MS = 200
/** The longest answer is that of a call that waits for half a minute, milliseconds. */
const ANSWER_MS = 90_000
/** A fresh token well before the old one ends: they live ten minutes. */
const TOKEN_MS = 240_000

/** The orders API as a shop uses it that never gives up: it asks again whatever may be asked again, with the same keys. */
export class ShopApi {
  readonly #platform: PlatformClient
  readonly #over: AbortSignal
  #token: { readonly value: string; readonly since: number } | undefined
  #asking: Promise<string> | undefined
  #address: string | undefined

  /** `over` lets no call begin any more. */
  constructor(platform: PlatformClient, over: AbortSignal) {
    this.#platform = platform
    this.#over = over
  }

  /** The first answer that stands: the API said that another attempt would not help. */
  async call(method: 'GET' | 'POST', path: string, { body, headers }: { body?: unknown; headers?: Record<string, string> } = {}): Promise<Answer> {
    for (;;) {
      this.#over.throwIfAborted()
      try {
        const answer = await this.#once(method, path, { body, headers })
        if (!mayTryAgain(answer)) return answer
      } catch (error) {
        // No connection, one that broke, or no platform: something was killed. Anything else is a mistake of ours.
        if (!isBrokenConnection(error) && !(error instanceof NotThereError)) throw error
      }
      await pause(PAUSE_MS)
    }
  }

  async #once(method: string, path: string, { body, headers }: { body: unknown; headers: Record<string, string> | undefined }): Promise<Answer> {
    // Ports stay the same for as long as a state folder lives.
    this.#address ??= await this.#platform.addressOf('orders-api', 'http')
    const response = await fetch(`http://${this.#address}${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.#bearer()}`, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }

  async #bearer(): Promise<string> {
    if (this.#token && performance.now() - this.#token.since < TOKEN_MS) return this.#token.value
    this.#asking ??= this.#platform.tokenOf('orders-shop', SCOPES).finally(() => (this.#asking = undefined))
    const value = await this.#asking
    this.#token = { value, since: performance.now() }
    return value
  }
}

/** A gateway's word for "not now", or the API's own. A failure that the API calls final is one, whatever its number. */
function mayTryAgain({ status, body }: Answer): boolean {
  return status === 429 || (status >= 500 && body?.retryable !== false)
}

function isBrokenConnection(error: unknown): boolean {
  return (error instanceof TypeError && error.cause instanceof Error) || (error instanceof Error && error.name === 'TimeoutError')
}

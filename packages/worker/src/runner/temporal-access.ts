import { setTimeout as delay } from 'node:timers/promises'
import { createTokenSource, loadTemporalTls, type Logger, type TemporalSettings, type TemporalTls, type TokenSource } from '@sundial/runtime'

/** How often tokens and certificate files are looked at, in milliseconds. Tokens come from a cache, and are renewed well ahead of their end. */
const LOOK_EVERY_MS = 5000

/** What a connection needs at a moment. */
export interface AccessMaterial {
  readonly address: string
  readonly tls: TemporalTls | false
  readonly apiKey?: string
}

/** Reads what it takes to connect, and tells when it changes: tokens expire, and certificate files are replaced. */
export class TemporalAccess {
  readonly #settings: TemporalSettings
  readonly #tokens: TokenSource | undefined
  readonly #logger: Logger
  readonly #lookEveryMs: number

  constructor(settings: TemporalSettings, logger: Logger, lookEveryMs = LOOK_EVERY_MS) {
    this.#settings = settings
    this.#logger = logger
    this.#lookEveryMs = lookEveryMs
    if (settings.credentials.kind !== 'none') {
      this.#tokens = createTokenSource(settings.credentials, {
        onRefreshFailed: (error) => logger.warn({ reason: (error as Error).message }, 'could not renew the token yet'),
      })
    }
  }

  async material(): Promise<AccessMaterial> {
    const [tls, apiKey] = await Promise.all([loadTemporalTls(this.#settings.tls), this.#tokens?.token()])
    return { address: this.#settings.address, tls, ...(apiKey !== undefined && { apiKey }) }
  }

  /** Calls with new material after every change, one call at a time, until the signal is aborted. What fails is tried again. */
  async watch(signal: AbortSignal, current: AccessMaterial, onChange: (now: AccessMaterial, before: AccessMaterial) => Promise<void>): Promise<void> {
    for (let before = current; await pause(this.#lookEveryMs, signal);) {
      try {
        const now = await this.material()
        if (sameMaterial(now, before) || signal.aborted) continue
        await onChange(now, before)
        before = now
      } catch (error) {
        this.#logger.warn({ reason: (error as Error).message }, 'could not renew the access to Temporal')
      }
    }
  }
}

export function sameTls(one: TemporalTls | false, other: TemporalTls | false): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function sameMaterial(one: AccessMaterial, other: AccessMaterial): boolean {
  return one.apiKey === other.apiKey && sameTls(one.tls, other.tls)
}

/** Whether the time passed, rather than the signal being aborted. */
function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return delay(milliseconds, true, { signal }).catch(() => false)
}

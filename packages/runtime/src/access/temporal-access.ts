import { createPrivateKey, X509Certificate } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '../logging/logger.ts'
import type { TemporalSettings } from '../settings/temporal-settings.ts'
import { loadTemporalTls, type TemporalTls } from '../settings/temporal-tls.ts'
import { createTokenSource, type TokenSource } from '../tokens/token-source.ts'

/** How often tokens and certificate files are looked at, in milliseconds. Tokens come from a cache, and are renewed well ahead of their end. */
const LOOK_EVERY_MS = 5000

/** What a connection needs at a moment. */
export interface AccessMaterial {
  readonly address: string
  readonly tls: TemporalTls | false
  readonly apiKey?: string
  /** Headers of every request. */
  readonly metadata: Record<string, string>
}

/** Reads what it takes to connect, and tells when it changes: tokens expire, and certificate files are replaced. */
export class TemporalAccess {
  /** `host:port` of the frontend. */
  readonly address: string
  /** Headers of every request. */
  readonly metadata: Record<string, string>
  readonly #settings: TemporalSettings
  readonly #tokens: TokenSource | undefined
  readonly #logger: Logger
  readonly #lookEveryMs: number

  /** @param lookEveryMs how old what is known may become before it is looked at again. @default 5000 */
  constructor(settings: TemporalSettings, logger: Logger, lookEveryMs = LOOK_EVERY_MS) {
    this.address = settings.address
    this.metadata = { ...settings.metadata }
    this.#settings = settings
    this.#logger = logger
    this.#lookEveryMs = lookEveryMs
    if (settings.credentials.kind !== 'none') {
      this.#tokens = createTokenSource(settings.credentials, {
        lookEveryMs,
        onRefreshFailed: (error) => logger.warn({ reason: (error as Error).message }, 'could not renew the token yet'),
      })
    }
  }

  /** A token that is valid now, or nothing when the settings have no credentials. Rejects with a `TokenError` when none can be got. */
  async token(): Promise<string | undefined> {
    return this.#tokens?.token()
  }

  /** The certificates as the files have them now. Rejects when one cannot be read, and when a certificate and its key are not a pair. */
  async tls(): Promise<TemporalTls | false> {
    const tls = await loadTemporalTls(this.#settings.tls)
    if (tls && tls.clientCertPair) requirePair(tls.clientCertPair)
    return tls
  }

  async material(): Promise<AccessMaterial> {
    const [tls, apiKey] = await Promise.all([this.tls(), this.token()])
    return { address: this.address, tls, ...(apiKey !== undefined && { apiKey }), metadata: this.metadata }
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

  /**
   * Gives the certificates, which are read again when what is known is older than the period; for those who ask often, and would rather not
   * have a timer. Files that cannot be read, as when they are just being replaced, do not take away what is known.
   */
  freshTls(current: TemporalTls | false): () => Promise<TemporalTls | false> {
    let known = current
    let readAt = performance.now()
    return async () => {
      if (performance.now() - readAt < this.#lookEveryMs) return known
      readAt = performance.now()
      try {
        const now = await this.tls()
        if (sameTls(now, known)) return known
        known = now
        this.#logger.info('the certificates for Temporal were replaced')
      } catch (error) {
        this.#logger.warn({ reason: (error as Error).message }, 'could not renew the access to Temporal')
      }
      return known
    }
  }
}

/** They are replaced one after the other, and we may look in between. */
function requirePair({ crt, key }: NonNullable<TemporalTls['clientCertPair']>): void {
  if (!new X509Certificate(crt).checkPrivateKey(createPrivateKey(key))) throw new Error('the client certificate and its key are not a pair')
}

export function sameTls(one: TemporalTls | false, other: TemporalTls | false): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

function sameMaterial(one: AccessMaterial, other: AccessMaterial): boolean {
  return one.apiKey === other.apiKey && sameTls(one.tls, other.tls)
}

/** Whether the time passed, rather than the signal being aborted. */
function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return delay(milliseconds, true, { signal }).catch(() => false)
}

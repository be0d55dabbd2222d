import { createHash } from 'node:crypto'
import type { CryptoKey, JWTHeaderParameters, JWTPayload } from 'jose'
import type { Caller } from './verifier.ts'

/** A token whose signature and claims were found good. */
export interface VerifiedToken {
  readonly caller: Caller
  /** As the token has it: it names the key. */
  readonly header: JWTHeaderParameters
  /** What the signature was checked with. */
  readonly key: CryptoKey | Uint8Array
}

/** More callers than one copy of the API serves at a time; each takes about two kilobytes. */
const MOST = 1000

/**
 * Tokens that were verified: callers send the same one with every request of minutes, and a signature costs more than all other checks of a request.
 * Only good tokens are kept, so nobody without one can fill it; and none as it is, only its hash.
 */
export class VerifiedTokens {
  readonly #known = new Map<string, VerifiedToken>()

  /** What was found about a token, if its times still allow it. Whether the issuer still has the key is for the caller to see. */
  get(token: string, clockToleranceS: number): VerifiedToken | undefined {
    const found = this.#known.get(hashOf(token))
    return found && isCurrent(found.caller.claims, clockToleranceS) ? found : undefined
  }

  set(token: string, verified: VerifiedToken): void {
    const [oldest] = this.#known.keys()
    if (oldest !== undefined && this.#known.size >= MOST) this.#known.delete(oldest)
    this.#known.set(hashOf(token), verified)
  }
}

/** In seconds since 1970, as claims are. */
function isCurrent({ exp = 0, nbf = 0 }: JWTPayload, toleranceS: number): boolean {
  const now = Math.floor(Date.now() / 1000)
  return now < exp + toleranceS && now >= nbf - toleranceS
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64')
}

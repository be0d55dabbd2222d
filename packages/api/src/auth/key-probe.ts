import { type BackgroundProbe, backgroundProbe } from '@sundial/runtime'
import type { Verifier } from './verifier.ts'

/**
 * Milliseconds. Keys change seldom, and those that are known still serve while the issuer is away: once they were had, its absence makes no copy of
 * the API unready. Looking seldom leaves room for a token with a new key, which fetches the keys by itself unless they were fetched just before.
 */
const TIMING = { periodMs: 1000, periodAfterSuccessMs: 300_000, timeoutMs: 10_000, staleAfterMs: Number.POSITIVE_INFINITY }

/** Fetches the keys at first, and anew every now and then. */
export function probeKeys(verifier: Verifier): BackgroundProbe {
  return backgroundProbe({ name: 'keys of the identity provider', ...TIMING, check: (signal) => verifier.refresh(signal) })
}

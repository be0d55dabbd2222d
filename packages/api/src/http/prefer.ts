/** The longest that a request may wait for a workflow, in seconds: less than what proxies allow by default. */
export const MAX_WAIT_SECONDS = 60

/**
 * Seconds of `Prefer: wait=N` (RFC 7240), at most {@link MAX_WAIT_SECONDS}. Nothing when it is not there or not a number:
 * a preference that is not understood is ignored.
 */
export function preferredWait(header: string | string[] | undefined): number | undefined {
  for (const preference of [header ?? []].flat().join(',').split(',')) {
    const match = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?$/i.exec(preference)
    if (match) return Math.min(Number(match[1]), MAX_WAIT_SECONDS)
  }
  return undefined
}

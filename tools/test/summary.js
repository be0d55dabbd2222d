/**
 * @typedef {{ passed: number, failures: string[], flaky: { name: string, error: string }[], skipped: { name: string, reason: string }[] }} Results
 * `flaky` tests failed and then passed: they are among those that passed.
 */

/** A reason with more tests than this is shown with its first ones. */
const SHOWN_PER_REASON = 3

/**
 * The last lines of a test run: what passed at its second try only, what was skipped and why, then one line of counts.
 *
 * @param {Results} results
 */
export function summaryLines({ passed, failures, flaky, skipped }) {
  const counts = `${passed} passed, ${failures.length} failed`
  const unsteady = flaky.flatMap(({ name, error }) => [`flaky, passed when it ran again: ${name}`, `  - ${error.split('\n', 1)[0]}`])
  return [...unsteady, ...skippedLines(skipped), skipped.length === 0 ? counts : `${counts}, ${skipped.length} skipped`]
}

/** @param {Results['skipped']} skipped */
function skippedLines(skipped) {
  /** @type {Map<string, string[]>} */
  const byReason = new Map()
  for (const { name, reason } of skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), name])
  return [...byReason].flatMap(([reason, names]) => [
    `skipped (${names.length}): ${reason}`,
    ...names.slice(0, SHOWN_PER_REASON).map((name) => `  - ${name}`),
    ...(names.length > SHOWN_PER_REASON ? [`  - and ${names.length - SHOWN_PER_REASON} more`] : []),
  ])
}

/**
 * Vitest may end in failure though no test failed: nothing matched, a global setup threw, the process died.
 *
 * @param {Results | undefined} results undefined when vitest left none behind
 * @param {number | string} exit Its exit code, or the signal that ended it
 * @returns {Results}
 */
export function withRunFailure(results, exit) {
  const known = results ?? { passed: 0, failures: [], flaky: [], skipped: [] }
  if ((exit === 0 && results) || known.failures.length > 0) return known
  const failure = results
    ? `vitest ended with ${exit}, though no test failed; its message is above`
    : `vitest ended with ${exit} before it reported any result; its message is above`
  return { ...known, failures: [failure] }
}

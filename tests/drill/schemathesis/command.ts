import { ROOT } from '../../support/command.ts'
import { addressOf } from '../../support/platform.ts'
import { installSchemathesis, schemathesis as run } from '../../support/schemathesis.ts'
import { signToken } from '../../support/signed-tokens.ts'
import type { Drill } from '../drill.ts'
import { thisMachine } from '../machine.ts'
import { onOwnPlatform } from '../own-platform.ts'
import { record } from '../record.ts'
import { type CallerResults, schemathesisMarkdown } from './markdown.ts'

/** What a token may do; nothing: there is none. */
const CALLERS = { everything: 'orders:read orders:write orders:approve orders:admin', nothing: 'nothing', 'without a token': undefined }

export const schemathesis: Drill = {
  name: 'schemathesis',
  summary: "thousands of requests made from the API's document, allowed and not; no answer may be 5xx, or not in the document",
  options: { examples: { default: 200, what: 'how many cases an operation gets at random' } },
  async run({ examples = 0 }) {
    const missing = await installSchemathesis()
    if (missing !== undefined) throw new Error(missing)
    const callers = await onOwnPlatform(() => sendAll(examples), isGood)
    const context = { date: new Date().toISOString().slice(0, 10), machine: thisMachine(ROOT), examples }
    await record('schemathesis', { ...context, callers }, schemathesisMarkdown(callers, context))
    return isGood(callers)
  },
}

function isGood(callers: CallerResults): boolean {
  return Object.values(callers).every(({ ok }) => ok)
}

async function sendAll(examples: number): Promise<CallerResults> {
  const url = `http://${await addressOf('orders-api', 'http')}`
  const results: Record<string, CallerResults[string]> = {}
  for (const [caller, scope] of Object.entries(CALLERS)) {
    const begun = performance.now()
    const token = scope === undefined ? undefined : await signToken({ audience: 'orders-api', scope, lifetimeSeconds: 7200 })
    const { ok, cases, output } = await run({ url, examples, ...(token !== undefined && { token }) })
    results[caller] = { ok, cases, seconds: Math.round((performance.now() - begun) / 1000) }
    if (!ok) console.error(output)
  }
  return results
}

import { beforeAll, beforeEach, expect, test } from 'vitest'
import { addressOf } from '../support/platform.ts'
import { installSchemathesis, schemathesis } from '../support/schemathesis.ts'
import { signToken } from '../support/signed-tokens.ts'

/** How many cases an operation gets at random, beside those of the coverage phase. The long run is `npm run drill schemathesis`. */
const EXAMPLES = 5

let missing: string | undefined
beforeAll(async () => void (missing = await installSchemathesis()), 300_000)
beforeEach(({ skip }) => skip(missing !== undefined, missing))

test.each([
  ['with a token that may do everything', 'orders:read orders:write orders:approve orders:admin'],
  ['with a token that may do nothing', 'nothing'],
  ['without a token', undefined],
])('%s, no case of the document gets an answer that is 5xx, or not in it', async (what, scope) => {
  const url = `http://${await addressOf('orders-api', 'http')}`
  const token = scope === undefined ? undefined : await signToken({ audience: 'orders-api', scope, lifetimeSeconds: 900 })
  const report = await schemathesis({ url, examples: EXAMPLES, coverage: what.includes('everything'), ...(token !== undefined && { token }) })
  expect(report.ok, report.output).toBe(true)
  expect(report.cases).toBeGreaterThan(20)
})

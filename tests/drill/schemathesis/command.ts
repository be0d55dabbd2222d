import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, sundial } from '../../support/command.ts'
import { addressOf, usePlatformOf } from '../../support/platform.ts'
import { installSchemathesis, schemathesis as run } from '../../support/schemathesis.ts'
import { signToken } from '../../support/signed-tokens.ts'
import type { Drill } from '../drill.ts'
import { thisMachine } from '../machine.ts'

const RESULTS = 'bench/results'
/** What a token may do; nothing: there is none. */
const CALLERS = { everything: 'orders:read orders:write orders:approve orders:admin', nothing: 'nothing', 'without a token': undefined }

export const schemathesis: Drill = {
  name: 'schemathesis',
  summary: "thousands of requests made from the API's document, allowed and not; no answer may be 5xx, or not in the document",
  options: { examples: { default: 200, what: 'how many cases an operation gets at random' } },
  async run({ examples = 0 }) {
    const missing = await installSchemathesis()
    if (missing !== undefined) throw new Error(missing)
    const stateRoot = await mkdtemp(join(tmpdir(), 'sundial-drill-'))
    const up = await sundial(['up', '--detach'], { stateRoot })
    if (up.code !== 0) throw new Error(`the platform did not start:\n${up.stderr}`)
    try {
      usePlatformOf(stateRoot)
      const url = `http://${await addressOf('orders-api', 'http')}`
      const results: Record<string, { ok: boolean; cases: number }> = {}
      for (const [caller, scope] of Object.entries(CALLERS)) {
        const token = scope === undefined ? undefined : await signToken({ audience: 'orders-api', scope, lifetimeSeconds: 7200 })
        const { ok, cases, output } = await run({ url, examples, ...(token !== undefined && { token }) })
        results[caller] = { ok, cases }
        if (!ok) console.error(output)
      }
      const text = `${JSON.stringify({ date: new Date().toISOString().slice(0, 10), machine: thisMachine(ROOT), examples, callers: results }, undefined, 1)}\n`
      await mkdir(join(ROOT, RESULTS), { recursive: true })
      await writeFile(join(ROOT, RESULTS, 'drill-schemathesis.json'), text)
      console.log(text)
      return Object.values(results).every(({ ok }) => ok)
    } finally {
      await sundial(['down'], { stateRoot })
      await rm(stateRoot, { recursive: true })
    }
  },
}

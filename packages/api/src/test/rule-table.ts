import type { Contract } from '@sundial/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GrpcAnswer, startGrpcServer } from './grpc-server.ts'
import { startIssuer, type TestIssuer } from './issuer.ts'
import { mutant, type Rule } from './mutant.ts'
import { startTestApi, type TestApi } from './test-api.ts'

/** What a case was answered. */
export interface Outcome {
  readonly status: number
  /** The last part of the problem's type, or of no problem nothing. */
  readonly slug: string | undefined
  readonly ms: number
}

/** One request that a rule must stop. */
export interface RuleCase {
  readonly name: string
  /** The rule that stops it, and no other does. */
  readonly rule: string
  readonly status: number
  /** None: it is no problem, and Temporal would have refused what it gets without the rule. */
  readonly slug: string | undefined
  send(api: TestApi): Promise<{ statusCode: number; body: string }>
}

/** Rules, the cases that they stop, and the Temporal behind the API. */
export interface RuleTable {
  readonly rules: Readonly<Record<string, Rule>>
  readonly cases: readonly RuleCase[]
  readonly contract: Contract
  temporal(method: string, request: Uint8Array): GrpcAnswer
}

/** No answer may take longer, in milliseconds. */
const QUICK_MS = 1000

/** Tests that every case is stopped, quickly, and that without its rule it is not, while all others still are. */
export function testRules({ rules, cases, contract, temporal }: RuleTable): void {
  // Its keys take longer to make than the rest.
  let issuer: TestIssuer
  beforeAll(async () => void (issuer = await startIssuer()))
  afterAll(() => issuer.close())

  test('every rule has a case, and every case a rule', () => {
    expect(new Set(cases.map(({ rule }) => rule))).toEqual(new Set(Object.keys(rules)))
  })

  test('every case is answered in under a second, with its status', async () => {
    const outcomes = await run(startTestApi)
    for (const { name, status, slug } of cases) expect.soft(outcomes[name], name).toMatchObject({ status, slug })
    expect(Object.entries(outcomes).filter(([, { ms }]) => ms > QUICK_MS)).toEqual([])
  })

  test.each(Object.entries(rules))('without the rule "%s" exactly its cases get through', async (name, rule) => {
    const { startTestApi: start, remove } = await mutant(rule)
    try {
      const outcomes = await run(start)
      const through = cases.filter(({ name: each, status, slug }) => outcomes[each]?.status !== status || outcomes[each]?.slug !== slug)
      expect(through.map((each) => each.name)).toEqual(cases.filter((each) => each.rule === name).map((each) => each.name))
    } finally {
      await remove()
    }
  })

  async function run(start: typeof startTestApi): Promise<Record<string, Outcome>> {
    const server = await startGrpcServer(temporal)
    const api = await start(server.address, { contract, issuer })
    try {
      // The first request connects to Temporal and fetches the keys: that is not what is measured.
      await api.as('', { method: 'GET', url: '/v1/workflows' })
      const outcomes: Record<string, Outcome> = {}
      for (const each of cases) {
        const begun = performance.now()
        const { statusCode, body } = await each.send(api)
        outcomes[each.name] = { status: statusCode, slug: slugOf(body), ms: performance.now() - begun }
      }
      return outcomes
    } finally {
      await api.close()
      server.close()
    }
  }
}

function slugOf(body: string): string | undefined {
  return /"type":"urn:sundial:problem:([^"]+)"/.exec(body)?.[1]
}

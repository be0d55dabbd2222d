import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sundial } from '../support/command.ts'
import { api, order } from '../support/orders.ts'
import { usePlatformOf } from '../support/platform.ts'

const SOON = { interval: 200, timeout: 30_000 }
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const CALLER = '00f067aa0ba902b7'

let stateRoot: string
let missing: string | undefined

beforeAll(async () => {
  stateRoot = await mkdtemp(join(tmpdir(), 'sundial-tracing-'))
  usePlatformOf(stateRoot)
  const up = await sundial(['up', '--detach', '--with', 'tracing'], { stateRoot })
  // A machine without Go and without a network. Continuous integration has them.
  if (!process.env['CI'] && up.stderr.includes('SUN_PROGRAM_MISSING')) missing = up.stderr
  else if (up.code !== 0) throw new Error(`the platform with tracing did not start:\n${up.stdout}\n${up.stderr}`)
})
beforeEach((context) => context.skip(missing !== undefined, `the OpenTelemetry Collector cannot be had: ${missing}`))
afterAll(async () => {
  if (missing === undefined) await sundial(['down'], { stateRoot })
  await rm(stateRoot, { recursive: true })
})

/** What a process has logged. */
async function linesOf(name: string): Promise<Record<string, unknown>[]> {
  const log = await readFile(join(stateRoot, `development/logs/${name}.log`), 'utf8')
  return log.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []))
}

interface Span {
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly service: string
  readonly error?: string
}

async function spansOf(id: string): Promise<readonly Span[]> {
  const { code, stdout } = await sundial(['traces', id, '--json'], { stateRoot })
  return code === 0 ? (JSON.parse(stdout) as { spans: Span[] }[]).flatMap(({ spans }) => spans) : []
}

/** From the caller down to a span, by name. */
function wayTo(spans: readonly Span[], name: string): string[] {
  const span = spans.find((each) => each.name === name)
  if (!span) return []
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId)
  return [...(parent ? wayTo(spans, parent.name) : [String(span.parentSpanId)]), span.name]
}

test('one trace goes from the caller through the request and the workflow to the last activity', async () => {
  const input = order()
  const headers = { 'workflow-id': input.orderId, prefer: 'wait=60', traceparent: `00-${TRACE}-${CALLER}-01` }
  const answer = await api('POST', '/v1/workflows/fulfil-order', { body: input, headers })
  expect(answer).toMatchObject({ status: 200, body: { status: 'COMPLETED' } })
  expect(answer.headers.get('traceresponse')).toMatch(`00-${TRACE}-`)
  await expect.poll(async () => (await spansOf(TRACE)).map(({ name }) => name), SOON).toContain('RunWorkflow:fulfil-order')
  const spans = await spansOf(TRACE)
  expect(wayTo(spans, 'RunActivity:notifyCustomer')).toEqual([
    CALLER,
    'POST /v1/workflows/fulfil-order',
    'StartWorkflow:fulfil-order',
    'RunWorkflow:fulfil-order',
    'StartActivity:notifyCustomer',
    'RunActivity:notifyCustomer',
  ])
  expect([...new Set(spans.map(({ service }) => service))].toSorted()).toEqual(['orders-api', 'orders-worker'])
  expect(spans.filter(({ error }) => error !== undefined)).toEqual([])
  // By the workflow's id it is found, too.
  expect((await spansOf(input.orderId)).map(({ spanId }) => spanId)).toEqual(spans.map(({ spanId }) => spanId))
})

test('a trace shows what failed, and its id is in the problem and in the log', async () => {
  const input = order({ cardNumber: '4000000000000002' })
  const { status, body } = await api('POST', '/v1/workflows/fulfil-order', { body: input, headers: { prefer: 'wait=60' } })
  expect(status).toBe(402)
  const { traceId } = body as { traceId: string }
  await expect.poll(async () => (await spansOf(traceId)).map(({ name }) => name), SOON).toContain('RunWorkflow:fulfil-order')
  const { stdout } = await sundial(['traces', traceId], { stateRoot })
  expect(stdout).toMatch(/✗ RunActivity:chargeCard +orders-worker/)
  expect(stdout).toContain('the card was refused: card-declined')
  // What the worker says about the activity and the workflow has their spans, too.
  const spans = await spansOf(traceId)
  const spanNamed = (name: string) => spans.find((span) => span.name === name)?.spanId
  const ofTrace = { trace_id: traceId, level: 'warn' }
  const worker = await linesOf('orders-worker')
  expect(worker).toContainEqual(expect.objectContaining({ ...ofTrace, activityType: 'chargeCard', span_id: spanNamed('RunActivity:chargeCard') }))
  expect(worker).toContainEqual(expect.objectContaining({ ...ofTrace, workflowType: 'fulfil-order', span_id: spanNamed('RunWorkflow:fulfil-order') }))
  expect(await linesOf('orders-api')).toContainEqual(expect.objectContaining({ trace_id: traceId }))
})

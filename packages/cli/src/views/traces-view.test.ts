import type { Trace, TraceSpan } from '@sundial/local'
import { test } from 'vitest'
import { expectSheet } from './sheet.fixture.ts'
import { tracesView, traceView } from './traces-view.ts'

process.env['TZ'] = 'UTC'
const BEGAN = Date.parse('2026-11-24T12:30:12Z')

function span(spanId: string, parentSpanId: string, more: Partial<TraceSpan>): TraceSpan {
  return { spanId, parentSpanId, name: 'x', service: 'shop-worker', startMs: BEGAN, durationMs: 10, attributes: {}, ...more }
}

const trace: Trace = {
  traceId: 'd75ad00c41d7e53a57f80982b2729d48',
  spans: [
    span('1', 'of the caller', {
      name: 'POST /v1/workflows/sell-to-a-customer',
      service: 'shop-api',
      durationMs: 1516,
      attributes: { temporalWorkflowId: 'sale-1' },
    }),
    span('2', '1', { name: 'StartWorkflow:sell-to-a-customer', service: 'shop-api', startMs: BEGAN + 84, durationMs: 71.4 }),
    span('3', '2', { name: 'RunWorkflow:sell-to-a-customer', startMs: BEGAN + 158, durationMs: 1308, error: 'the card was refused: it expired' }),
    span('4', '3', { name: 'StartActivity:chargeCard', startMs: BEGAN + 200, durationMs: 600, error: 'Activity task failed' }),
    span('6', '3', { name: 'StartActivity:tellCustomer', startMs: BEGAN + 900, durationMs: 3.21 }),
    span('5', '4', { name: 'RunActivity:chargeCard', startMs: BEGAN + 230, durationMs: 550, error: '' }),
  ],
}

test('traces', async () => {
  const read: Trace = { traceId: '00f067aa0ba902b700f067aa0ba902b7', spans: [span('1', '', { name: 'GET /v1/workflows', service: 'shop-api' })] }
  await expectSheet('traces', (terminal) => tracesView([trace, read], terminal))
})

test('a trace', async () => {
  await expectSheet('trace', (terminal) => traceView(trace, terminal))
})

import type { Trace, TraceSpan } from '@sundial/local'
import { table } from '../output.ts'
import { screen, type Terminal } from '../terminal.ts'

const SHOWN_ID = 12

/** Traces, one a line. */
export function tracesView(traces: readonly Trace[], terminal: Terminal = screen()): string {
  const { colors } = terminal
  return table(
    traces,
    [
      { title: 'TRACE', value: ({ traceId }) => traceId.slice(0, SHOWN_ID) },
      { title: 'STARTED', value: ({ spans }) => timeOf(spans[0]) },
      { title: 'TOOK', value: (trace) => length(extentOf(trace).durationMs) },
      { title: 'SPANS', value: ({ spans }) => String(spans.length) },
      { title: 'ERRORS', value: ({ spans }) => String(spans.filter(isError).length || ''), color: colors.red },
      { title: 'WHAT', value: ({ spans }) => spans[0]?.name ?? '' },
      { title: 'WORKFLOW', value: (trace) => workflowsOf(trace).join(', '), color: colors.dim },
    ],
    terminal,
  )
}

/** The workflows that a trace is about. */
export function workflowsOf({ spans }: Trace): string[] {
  return [...new Set(spans.flatMap(({ attributes }) => attributes['temporalWorkflowId'] ?? attributes['workflowId'] ?? []))]
}

/** One trace: who did what within what, when, and for how long. */
export function traceView(trace: Trace, terminal: Terminal = screen()): string {
  const { colors } = terminal
  const extent = extentOf(trace)
  const workflows = workflowsOf(trace)
  const facts = [`started ${timeOf(trace.spans[0])}`, `took ${length(extent.durationMs)}`, `${trace.spans.length} spans`]
  const body = table(
    [...ordered(trace.spans)],
    [
      {
        title: 'WHAT',
        value: ({ span, depth }) => `${'  '.repeat(depth)}${isError(span) ? '✗ ' : ''}${span.name}`,
        color: (text, { span }) => (isError(span) ? colors.red(text) : text),
      },
      { title: 'WHO', value: ({ span }) => span.service, color: colors.dim },
      { title: 'AFTER', value: ({ span }) => length(span.startMs - extent.startMs), color: colors.dim },
      { title: 'TOOK', value: ({ span }) => length(span.durationMs) },
      {
        title: '',
        value: ({ span }) => (terminal.width < WIDE ? '' : bar(span, extent)),
        color: (text, { span }) => (isError(span) ? colors.red : colors.cyan)(text),
      },
      { title: 'ERROR', value: ({ span }) => span.error ?? '', color: colors.red, below: true },
    ],
    terminal,
  )
  return [colors.bold(trace.traceId), colors.dim(facts.join(' · ')), ...workflows.map((id) => colors.dim(`workflow ${id}`)), '', body].join('\n')
}

interface Placed {
  readonly span: TraceSpan
  readonly depth: number
}

/** Each span after the one that it is part of, by start. A span whose parent is not here stands by itself. */
function* ordered(spans: readonly TraceSpan[]): Generator<Placed> {
  const known = new Set(spans.map(({ spanId }) => spanId))
  const parentOf = ({ parentSpanId }: TraceSpan) => (parentSpanId !== undefined && known.has(parentSpanId) ? parentSpanId : undefined)
  function* below(parent: string | undefined, depth: number): Generator<Placed> {
    for (const span of spans.filter((each) => parentOf(each) === parent)) {
      yield { span, depth }
      yield* below(span.spanId, depth + 1)
    }
  }
  yield* below(undefined, 0)
}

interface Extent {
  readonly startMs: number
  readonly durationMs: number
}

function extentOf({ spans }: Trace): Extent {
  const startMs = Math.min(...spans.map((span) => span.startMs))
  return { startMs, durationMs: Math.max(...spans.map((span) => span.startMs + span.durationMs)) - startMs }
}

const BAR = 24
/** In a narrower terminal the bars would stand below their lines. */
const WIDE = 100

/** When a span was, within its trace. */
function bar(span: TraceSpan, { startMs, durationMs }: Extent): string {
  const at = (ms: number) => Math.round((BAR * (ms - startMs)) / (durationMs || 1))
  const from = Math.min(BAR - 1, at(span.startMs))
  return `${' '.repeat(from)}${'━'.repeat(Math.max(1, at(span.startMs + span.durationMs) - from))}`
}

function isError({ error }: TraceSpan): boolean {
  return error !== undefined
}

function length(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms` : `${(milliseconds / 1000).toFixed(1)} s`
}

function timeOf(span: TraceSpan | undefined): string {
  return span === undefined ? '' : new Date(span.startMs).toTimeString().slice(0, 8)
}

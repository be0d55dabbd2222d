import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isSystemError, type StateFolder } from '../state/index.ts'
import { attributesOf, ERROR, type OtlpSpan, type OtlpTraces } from './otlp.ts'

/** A piece of work within a trace. */
export interface TraceSpan {
  readonly spanId: string
  /** The span that it is part of, which may be somebody else's and not be here. */
  readonly parentSpanId?: string
  readonly name: string
  /** The process that did it. */
  readonly service: string
  /** Milliseconds since 1970. */
  readonly startMs: number
  readonly durationMs: number
  /** What went wrong, if something did; may be empty. */
  readonly error?: string
  readonly attributes: Readonly<Record<string, string>>
}

export interface Trace {
  readonly traceId: string
  /** By start. */
  readonly spans: readonly TraceSpan[]
}

/** The folder and the beginning of the file names of the collector's file exporter, which sets older files aside. */
const FOLDER = 'opentelemetry-collector'
const FILE = /^traces.*\.jsonl$/

/** The traces that the collector of a platform has kept, newest first. None if there was no tracing. */
export async function readTraces(state: StateFolder): Promise<Trace[]> {
  const folder = join(state.data, FOLDER)
  const names = await readdir(folder).catch((error: unknown) => {
    if (isSystemError(error, 'ENOENT')) return []
    throw error
  })
  const texts = await Promise.all(names.filter((name) => FILE.test(name)).map((name) => readFile(join(folder, name), 'utf8')))
  const traces = new Map<string, TraceSpan[]>()
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    for (const { traceId, span } of spansOf(line)) traces.set(traceId, [...(traces.get(traceId) ?? []), span])
  }
  return [...traces]
    .map(([traceId, spans]) => ({ traceId, spans: spans.toSorted((a, b) => a.startMs - b.startMs) }))
    .toSorted((a, b) => startOf(b) - startOf(a))
}

function startOf({ spans }: Trace): number {
  return spans[0]?.startMs ?? 0
}

function* spansOf(line: string): Generator<{ traceId: string; span: TraceSpan }> {
  for (const { resource, scopeSpans = [] } of parse(line).resourceSpans ?? []) {
    const service = attributesOf(resource?.attributes)['service.name'] ?? 'unknown'
    for (const { spans = [] } of scopeSpans) for (const span of spans) yield { traceId: span.traceId, span: spanOf(span, service) }
  }
}

/** The last line may be half written. */
function parse(line: string): OtlpTraces {
  try {
    return JSON.parse(line) as OtlpTraces
  } catch {
    return {}
  }
}

function spanOf(span: OtlpSpan, service: string): TraceSpan {
  const [start, end] = [span.startTimeUnixNano, span.endTimeUnixNano].map((nanoseconds) => Number(BigInt(nanoseconds) / 1000n) / 1000)
  return {
    spanId: span.spanId,
    ...(span.parentSpanId && { parentSpanId: span.parentSpanId }),
    name: span.name,
    service,
    startMs: start ?? 0,
    durationMs: (end ?? 0) - (start ?? 0),
    ...(span.status?.code === ERROR && { error: span.status.message ?? '' }),
    attributes: attributesOf(span.attributes),
  }
}

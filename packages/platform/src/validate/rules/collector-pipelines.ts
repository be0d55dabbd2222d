import { load } from 'js-yaml'
import { Cursor } from '../cursor.ts'
import type { Problem, Rule } from '../rule.ts'

const PARTS = ['receivers', 'processors', 'exporters'] as const
/** Exporters that the collector no longer has, and what to write. */
const GONE: Readonly<Record<string, string>> = {
  jaeger: 'otlp: Jaeger reads it on port 4317',
  logging: 'debug',
  loki: 'otlphttp: Loki reads it at /otlp',
}

export const collectorPipelines: Rule = {
  id: 'collector-pipelines',
  meaning: 'Every part that a pipeline of the OpenTelemetry Collector names is configured, and still exists; memory_limiter is the first processor.',
  why: 'The collector does not start. With memory_limiter later, it is ended for its memory before it can refuse anything.',
  severity: 'error',
  *check(tree) {
    for (const at of tree.of('opentelemetry.io', 'OpenTelemetryCollector')) {
      const config = at.get('spec', 'config')
      yield* problems(config.text === undefined ? config : new Cursor(config.object, load(config.text), config.path))
    }
  },
}

function* problems(config: Cursor): Iterable<Problem> {
  for (const [name, exporter] of config.get('exporters').entries) {
    const instead = GONE[name.split('/')[0] ?? '']
    if (instead !== undefined) yield exporter.problem(`there is no exporter "${name}" any more`, `Use ${instead}.`)
  }
  for (const [, pipeline] of config.get('service', 'pipelines').entries) {
    for (const part of PARTS) {
      const configured = new Set([...config.get(part).entries, ...(part === 'processors' ? [] : config.get('connectors').entries)].map(([name]) => name))
      for (const each of pipeline.get(part).items)
        if (each.text !== undefined && !configured.has(each.text))
          yield each.problem(`"${each.text}" is not among the ${part} that are configured: ${[...configured].join(', ') || 'none'}`)
    }
    const limiter = pipeline.get('processors').items.findIndex((each) => each.text?.startsWith('memory_limiter'))
    if (limiter > 0) yield pipeline.get('processors', limiter).problem('must be the first processor')
  }
}

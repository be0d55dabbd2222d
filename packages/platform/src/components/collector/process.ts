import { configFile, listen, volume } from '../../model/values.ts'
import type { ConfigTree } from '../../model/workload.ts'
import type { ProcessAdapter } from '../../targets/process/adapter.ts'
import { workload } from '../component.ts'
import { COLLECTOR, TRACES_FILE } from './names.ts'

const CONFIG = 'collector.yaml'

/** On a laptop: traces go to a file, which is kept small and is read by `./sundial traces`. */
export const collectorProcesses: ProcessAdapter = {
  service: COLLECTOR,
  adapt(service, plan) {
    const process = workload({
      name: COLLECTOR,
      component: COLLECTOR,
      area: service.area,
      description: service.description,
      program: { kind: 'released', name: 'opentelemetry-collector', version: plan.platform.versions.opentelemetryCollector, command: 'otelcol' },
      args: ['--config', configFile(CONFIG)],
      files: { [CONFIG]: { format: 'yaml', content: CONTENT } },
      volumes: [COLLECTOR],
      ports: service.ports,
      ready: { kind: 'http', port: 'health', path: '/' },
    })
    return { workloads: [process], ready: { party: COLLECTOR, until: 'ready' } }
  },
}

const CONTENT: ConfigTree = {
  extensions: { health_check: { endpoint: listen('health') } },
  receivers: { otlp: { protocols: { http: { endpoint: listen('otlp') } } } },
  processors: {
    memory_limiter: { check_interval: '1s', limit_mib: 128 },
    // Short, so that a trace can be looked at at once.
    batch: { timeout: '200ms' },
  },
  exporters: { file: { path: volume(COLLECTOR, TRACES_FILE), rotation: { max_megabytes: 16, max_backups: 1 }, flush_interval: '200ms' } },
  service: {
    extensions: ['health_check'],
    pipelines: { traces: { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['file'] } },
    telemetry: { logs: { level: 'warn', encoding: 'json' }, metrics: { level: 'none' } },
  },
}

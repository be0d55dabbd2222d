/** The ports that it listens at. */
export const METRICS = 8888
const HEALTH = 13_133

/** What a collector of traces does: takes them, says which pod each came from, and hands them on in batches. */
export function collectorConfig({ otlp, jaeger }: { readonly otlp: number; readonly jaeger: string }): object {
  return {
    extensions: { health_check: { endpoint: `0.0.0.0:${HEALTH}` } },
    receivers: { otlp: { protocols: { http: { endpoint: `0.0.0.0:${otlp}` } } } },
    processors: {
      // First: what is too much is refused before it is kept. Percentages of the container's limit.
      memory_limiter: { check_interval: '1s', limit_percentage: 80, spike_limit_percentage: 20 },
      k8s_attributes: {
        extract: { metadata: ['k8s.namespace.name', 'k8s.pod.name', 'k8s.pod.uid', 'k8s.deployment.name', 'k8s.node.name'] },
        // Programs need not know their own names.
        pod_association: [{ sources: [{ from: 'connection' }] }],
      },
      batch: { timeout: '1s', send_batch_size: 1024, send_batch_max_size: 2048 },
    },
    // In its own namespace, whose policies let only this in.
    exporters: { otlp_grpc: { endpoint: jaeger, tls: { insecure: true } } },
    service: {
      extensions: ['health_check'],
      pipelines: { traces: { receivers: ['otlp'], processors: ['memory_limiter', 'k8s_attributes', 'batch'], exporters: ['otlp_grpc'] } },
      telemetry: {
        logs: { level: 'warn', encoding: 'json' },
        metrics: { level: 'normal', readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: METRICS } } } }] },
      },
    },
  }
}

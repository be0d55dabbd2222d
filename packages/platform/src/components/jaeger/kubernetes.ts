import { chartRelease, pods, pullSecrets, podMonitor, RELEASE_WAVES, resources, RESTRICTED_CONTAINER, scrapedAt } from '../../targets/kubernetes/kit.ts'
import type { KubernetesSystem, Values } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { jaegerIsHere, JAEGER_OTLP_PORT, JAEGER_QUERY_PORT } from './names.ts'

const NAMESPACE = 'monitoring'
const OWN = pods(NAMESPACE, { 'app.kubernetes.io/name': 'jaeger' })
/** As the operator of the collector labels its pods. */
const COLLECTOR = pods(NAMESPACE, { 'app.kubernetes.io/component': 'opentelemetry-collector' })
const METRICS_PORT = 8888
const TRACES_FOLDER = '/traces'
/** Three days. */
const KEPT = '72h'

/** Keeps traces for three days, on the disk of its node: they are for looking at what just happened. */
export const jaegerKubernetes: KubernetesSystem = {
  name: 'jaeger',
  contribute(cluster) {
    if (!jaegerIsHere(cluster)) return {}
    const release = chartRelease(
      {
        chart: chartNamed('jaeger'),
        namespace: NAMESPACE,
        wave: RELEASE_WAVES.operators,
        values: {
          fullnameOverride: 'jaeger',
          storage: { type: 'badger' },
          jaeger: {
            replicas: 1,
            image: { pullSecrets: pullSecrets(cluster) },
            resources: resources('100m', '256Mi', '1Gi'),
            podSecurityContext: { runAsNonRoot: true, runAsUser: 10_001, runAsGroup: 10_001, fsGroup: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
            securityContext: RESTRICTED_CONTAINER,
            serviceAccount: { automountServiceAccountToken: false },
            extraVolumes: [{ name: 'traces', emptyDir: { sizeLimit: '10Gi' } }],
            extraVolumeMounts: [{ name: 'traces', mountPath: TRACES_FOLDER }],
          },
          userconfig: CONFIG,
        },
      },
      cluster,
    )
    return {
      releases: [release],
      objects: podMonitor({ name: 'jaeger', pods: OWN, port: METRICS_PORT }, cluster),
      allowed: [
        { from: COLLECTOR, to: OWN, ports: [{ number: JAEGER_OTLP_PORT }], why: 'the collector hands on traces' },
        scrapedAt(OWN, METRICS_PORT, 'Jaeger'),
      ],
    }
  },
}

const STORE = 'store'

const CONFIG: Values = {
  service: {
    extensions: ['jaeger_storage', 'jaeger_query', 'healthcheckv2'],
    pipelines: { traces: { receivers: ['otlp'], processors: ['batch'], exporters: ['jaeger_storage_exporter'] } },
    telemetry: {
      resource: { 'service.name': 'jaeger' },
      metrics: { level: 'normal', readers: [{ pull: { exporter: { prometheus: { host: '0.0.0.0', port: METRICS_PORT } } } }] },
    },
  },
  extensions: {
    healthcheckv2: { use_v2: true, http: { endpoint: '0.0.0.0:13133' } },
    jaeger_storage: {
      backends: {
        [STORE]: {
          badger: { directories: { keys: `${TRACES_FOLDER}/keys`, values: `${TRACES_FOLDER}/values` }, ephemeral: false, ttl: { spans: KEPT } },
        },
      },
    },
    jaeger_query: { storage: { traces: STORE }, http: { endpoint: `0.0.0.0:${JAEGER_QUERY_PORT}` } },
  },
  receivers: { otlp: { protocols: { grpc: { endpoint: `0.0.0.0:${JAEGER_OTLP_PORT}` }, http: { endpoint: '0.0.0.0:4318' } } } },
  processors: { batch: {} },
  exporters: { jaeger_storage_exporter: { trace_storage: STORE } },
}

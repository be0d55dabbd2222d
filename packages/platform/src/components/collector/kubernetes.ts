import type { Diagnostic } from '../../model/diagnostics.ts'
import { operatedCollector } from '../../model/operated.ts'
import type { KubernetesAdapter } from '../../targets/kubernetes/adapter.ts'
import {
  callsApiServer,
  type Cluster,
  copies,
  type KubernetesObject,
  multipliedRequests,
  ours,
  platformPriority,
  podMonitor,
  pods,
  pulledImage,
  RESTRICTED_CONTAINER,
  scrapedAt,
  serviceHost,
} from '../../targets/kubernetes/kit.ts'
import { JAEGER_OTLP_PORT, jaegerIsHere } from '../jaeger/names.ts'
import { collectorConfig, METRICS } from './kubernetes/config.ts'
import { COLLECTOR } from './names.ts'

const NAMESPACE = 'monitoring'
/** The operator puts `-collector` behind it, in the names of everything that it makes. */
const NAME = COLLECTOR.replace(/-collector$/, '')
const MADE = `${NAME}-collector`
const LABELS = { 'app.kubernetes.io/component': 'opentelemetry-collector', 'app.kubernetes.io/name': MADE } as const
const PODS = pods(NAMESPACE, LABELS)
const REQUESTS = { cpu: '100m', memory: '256Mi' } as const

/** In a cluster: the OpenTelemetry operator makes it. Any copy takes any trace. */
export const collectorKubernetes: KubernetesAdapter = {
  service: COLLECTOR,
  adapt(service, cluster) {
    const otlp = service.ports['otlp']?.number ?? 4318
    return {
      objects: [...accounts(cluster), collector(otlp, cluster), ...podMonitor({ name: COLLECTOR, pods: PODS, port: METRICS }, cluster)],
      podLabels: LABELS,
      namespace: NAMESPACE,
      endpoints: { otlp: { host: serviceHost(MADE, NAMESPACE), port: otlp } },
      allowed: [callsApiServer(PODS, 'the collector', cluster), scrapedAt(PODS, METRICS, 'the collector')],
      problems: jaegerIsHere(cluster) ? [] : [NOWHERE],
      requests: multipliedRequests([REQUESTS], copies(cluster)),
    }
  },
}

const NOWHERE: Diagnostic = {
  path: 'kubernetes.systems.jaeger.run',
  message: 'is off, and tracing.enabled is true: nobody would keep the traces',
  hint: 'let Jaeger run here, say with tracing.external who takes the traces, or switch tracing off',
}

function collector(otlp: number, cluster: Cluster): KubernetesObject {
  const replicas = copies(cluster)
  const { seccompProfile, runAsNonRoot, ...container } = RESTRICTED_CONTAINER
  const jaeger = `${serviceHost('jaeger', NAMESPACE)}:${JAEGER_OTLP_PORT}`
  return ours(cluster, {
    apiVersion: 'opentelemetry.io/v1beta1',
    kind: 'OpenTelemetryCollector',
    metadata: { name: NAME, namespace: NAMESPACE },
    spec: {
      mode: 'deployment',
      managementState: 'managed',
      // What it runs is what the tree says: a newer operator changes nothing by itself.
      upgradeStrategy: 'none',
      image: pulledImage(cluster, operatedCollector.image),
      replicas,
      serviceAccount: MADE,
      priorityClassName: platformPriority(cluster),
      resources: { requests: REQUESTS, limits: { memory: '512Mi' } },
      podSecurityContext: { runAsNonRoot, runAsUser: 10_001, runAsGroup: 10_001, fsGroup: 10_001, seccompProfile },
      securityContext: container,
      ...(replicas > 1 && { podDisruptionBudget: { maxUnavailable: 1 } }),
      // The platform's own say who may come in.
      networkPolicy: { enabled: false },
      config: collectorConfig({ otlp, jaeger }),
    },
  })
}

/** It may look at pods, so that a trace says which one it came from. */
function accounts(cluster: Cluster): KubernetesObject[] {
  const name = `${cluster.plan.platform.name}-${MADE}`
  const watch = ['get', 'list', 'watch']
  return [
    ours(cluster, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: MADE, namespace: NAMESPACE } }),
    ours(cluster, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name },
      rules: [
        { apiGroups: [''], resources: ['pods', 'namespaces'], verbs: watch },
        { apiGroups: ['apps'], resources: ['replicasets'], verbs: watch },
      ],
    }),
    ours(cluster, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: MADE, namespace: NAMESPACE }],
    }),
  ]
}

import { workloadsOf } from '../../model/plan.ts'
import type { Workload } from '../../model/workload.ts'
import {
  askedByApiServer,
  callsApiServer,
  chartRelease,
  ours,
  podMonitor,
  pods,
  PROMETHEUS,
  pullSecrets,
  RELEASE_WAVES,
  resources,
  scrapedAt,
  systemPods,
  type Cluster,
  type KubernetesObject,
} from '../../targets/kubernetes/kit.ts'
import type { ChartRelease, KubernetesSystem } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { PROMETHEUS_PORT, PROMETHEUS_URL } from '../prometheus/names.ts'

const NAMESPACE = 'operators'
const METRICS_PORT = 8080
/** By which its server for metrics asks its operator. */
const INTERNAL_PORT = 9666
/** Tasks that may wait for each copy of a worker. */
const BACKLOG_PER_COPY = 5
/** Seconds between two looks, and without work until copies go. */
const POLLING_SECONDS = 15
const COOLDOWN_SECONDS = 300

/**
 * Adds copies of workers while their task queue is long. It asks Prometheus, which has the length from Temporal's own matching service: asking Temporal itself
 * would take a certificate and a token at once, and KEDA has either.
 */
export const kedaKubernetes: KubernetesSystem = {
  name: 'keda',
  check(cluster) {
    const { keda, monitoring } = cluster.settings.systems
    const lacking = [...(keda.run === 'off' ? ['keda'] : []), ...(monitoring.run === 'off' ? ['monitoring'] : [])]
    return scaledWorkloads(cluster).length === 0
      ? []
      : lacking.map((name) => ({
          path: `kubernetes.systems.${name}.run`,
          message: `is "off", and a worker is to have copies by its backlog: KEDA adds them, and asks Prometheus`,
          hint: 'switch it on, or give the worker a fixed number of copies',
        }))
  },
  contribute(cluster) {
    const system = cluster.settings.systems.keda
    const scaled = scaledWorkloads(cluster)
    if (system.run === 'off' || scaled.length === 0) return {}
    const podsOf = (app: string) => systemPods(system, pods(NAMESPACE, { app }))
    const operator = podsOf('keda-operator')
    const metricsServer = podsOf('keda-operator-metrics-apiserver')
    const webhooks = podsOf('keda-admission-webhooks')
    return {
      releases: system.run === 'here' ? [release(cluster)] : [],
      objects: [...scaled.map((workload) => scaledObject(workload, cluster)), ...podMonitor({ name: 'keda', pods: operator, port: METRICS_PORT }, cluster)],
      allowed: [
        callsApiServer(operator, 'KEDA', cluster),
        callsApiServer(metricsServer, 'KEDA’s server for metrics', cluster),
        callsApiServer(webhooks, 'KEDA’s webhooks', cluster),
        askedByApiServer(metricsServer, 6443, { what: 'KEDA for metrics of autoscalers', cluster }),
        askedByApiServer(webhooks, 9443, { what: 'KEDA', cluster }),
        { from: metricsServer, to: operator, ports: [{ number: INTERNAL_PORT }], why: 'KEDA’s server for metrics asks its operator' },
        { from: operator, to: PROMETHEUS, ports: [{ number: PROMETHEUS_PORT }], why: 'KEDA asks how long task queues are' },
        scrapedAt(operator, METRICS_PORT, 'KEDA'),
      ],
    }
  },
}

function scaledWorkloads({ plan }: Cluster): Workload[] {
  return workloadsOf(plan).filter(({ scale }) => scale.upTo?.by === 'backlog')
}

function release(cluster: Cluster): ChartRelease {
  return chartRelease(
    {
      chart: chartNamed('keda'),
      namespace: NAMESPACE,
      wave: RELEASE_WAVES.operators,
      values: {
        image: { pullPolicy: 'IfNotPresent' },
        imagePullSecrets: pullSecrets(cluster),
        crds: { install: true },
        watchNamespace: 'temporal-product',
        prometheus: { operator: { enabled: true, port: METRICS_PORT } },
        // It needs no secret of anybody.
        permissions: { operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } },
        resources: {
          operator: resources('50m', '128Mi', '512Mi'),
          metricServer: resources('50m', '128Mi', '256Mi'),
          webhooks: resources('20m', '64Mi', '128Mi'),
        },
      },
    },
    cluster,
  )
}

function scaledObject({ name, component, scale }: Workload, cluster: Cluster): KubernetesObject {
  const application = cluster.plan.platform.applications[component]
  if (!application || !scale.upTo) throw new Error(`${name} belongs to no application whose task queue could be long`)
  const labels = `namespace="${application.namespace ?? component}",taskqueue="${application.contract.taskQueue}"`
  return ours(cluster, {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name, namespace: 'temporal-product', labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': component } },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicaCount: scale.replicas,
      maxReplicaCount: Math.max(scale.upTo.copies, scale.replicas),
      pollingInterval: POLLING_SECONDS,
      cooldownPeriod: COOLDOWN_SECONDS,
      // Without Prometheus there are as many as there were.
      fallback: { failureThreshold: 4, replicas: scale.replicas, behavior: 'currentReplicasIfHigher' },
      advanced: {
        horizontalPodAutoscalerConfig: {
          behavior: { scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 50, periodSeconds: 60 }] } },
        },
      },
      triggers: [
        {
          type: 'prometheus',
          metricType: 'AverageValue',
          // A queue that is not loaded has no length: it is empty.
          metadata: {
            serverAddress: PROMETHEUS_URL,
            query: `sum(approximate_backlog_count{${labels}})`,
            threshold: String(BACKLOG_PER_COPY),
            ignoreNullValues: 'true',
          },
        },
      ],
    },
  })
}

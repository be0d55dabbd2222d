import {
  addresses,
  ANYWHERE,
  askedByApiServer,
  callsApiServer,
  chartRelease,
  pods,
  PROMETHEUS,
  RELEASE_WAVES,
  scrapedAt,
  throughGateway,
  type Allowed,
  type Cluster,
} from '../../targets/kubernetes/kit.ts'
import type { KubernetesSystem, WantedSecret } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { clientSecret } from '../identity/names.ts'
import { jaegerIsHere, JAEGER_QUERY_PORT } from '../jaeger/names.ts'
import { stackValues } from './kubernetes/values.ts'
import { GRAFANA, PROMETHEUS_PORT } from './names.ts'

const NAMESPACE = 'monitoring'
const GRAFANA_PODS = pods(NAMESPACE, { 'app.kubernetes.io/name': 'grafana' })
const GRAFANA_PORT = 3000
const OPERATOR = pods(NAMESPACE, { app: 'kube-prometheus-stack-operator' })
const OPERATOR_PORT = 10_250
const ALERTMANAGER = pods(NAMESPACE, { 'app.kubernetes.io/name': 'alertmanager' })
const STATE_METRICS = pods(NAMESPACE, { 'app.kubernetes.io/name': 'kube-state-metrics' })
const NODE_EXPORTER = pods('logging', { 'app.kubernetes.io/name': 'prometheus-node-exporter' })
const DNS_METRICS = { pods: pods('kube-system', { 'k8s-app': 'kube-dns' }), port: 9153 } as const
const KUBELET_PORT = 10_250

/** Prometheus, Alertmanager and Grafana. */
export const prometheusKubernetes: KubernetesSystem = {
  name: 'prometheus',
  contribute(cluster) {
    if (cluster.settings.systems.monitoring.run !== 'here') return {}
    const release = chartRelease(
      {
        chart: chartNamed('kube-prometheus-stack'),
        namespace: NAMESPACE,
        wave: RELEASE_WAVES.operators,
        values: stackValues(cluster),
        // cert-manager writes the root of the webhooks into them.
        ignoreDifferences: ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].map((kind) => ({
          group: 'admissionregistration.k8s.io',
          kind,
          jsonPointers: ['/webhooks/0/failurePolicy', '/webhooks/0/clientConfig/caBundle'],
        })),
      },
      cluster,
    )
    return {
      releases: [release],
      secrets: secrets(cluster),
      allowed: [...watching(cluster), ...grafana(cluster)],
      open: [{ name: GRAFANA, namespace: NAMESPACE, service: GRAFANA, port: 80, podLabels: GRAFANA_PODS.labels ?? {}, podPort: GRAFANA_PORT }],
    }
  },
}

function secrets(cluster: Cluster): WantedSecret[] {
  return [
    { namespace: NAMESPACE, name: 'grafana-admin', keys: { password: 'password' }, fixed: { user: 'admin' } },
    ...(signsOn(cluster) ? [{ namespace: NAMESPACE, name: clientSecret(GRAFANA), keys: { 'client-secret': 'password' } } satisfies WantedSecret] : []),
  ]
}

/** With a provider that others run, people log in to Grafana as they do without one. */
function signsOn({ plan }: Cluster): boolean {
  return !plan.platform.identity.external
}

function watching(cluster: Cluster): Allowed[] {
  return [
    callsApiServer(PROMETHEUS, 'Prometheus', cluster),
    callsApiServer(OPERATOR, 'the operator of Prometheus', cluster),
    callsApiServer(STATE_METRICS, 'kube-state-metrics', cluster),
    askedByApiServer(OPERATOR, OPERATOR_PORT, { what: 'the operator of Prometheus', cluster }),
    scrapedAt(OPERATOR, OPERATOR_PORT, 'its operator'),
    scrapedAt(PROMETHEUS, PROMETHEUS_PORT, 'itself'),
    scrapedAt(PROMETHEUS, 8080, 'what reloads its configuration'),
    scrapedAt(ALERTMANAGER, 9093, 'Alertmanager, and sends it alerts'),
    scrapedAt(ALERTMANAGER, 8080, 'what reloads Alertmanager’s configuration'),
    scrapedAt(STATE_METRICS, 8080, 'kube-state-metrics'),
    scrapedAt(NODE_EXPORTER, 9100, 'the nodes'),
    scrapedAt(GRAFANA_PODS, GRAFANA_PORT, 'Grafana'),
    { from: PROMETHEUS, to: DNS_METRICS.pods, ports: [{ number: DNS_METRICS.port }], why: 'Prometheus scrapes the cluster’s names' },
    // Nodes have addresses only, and node exporter has those of its node.
    { from: PROMETHEUS, to: addresses([ANYWHERE]), ports: [{ number: KUBELET_PORT }, { number: 9100 }], why: 'Prometheus scrapes the nodes' },
    {
      from: ALERTMANAGER,
      to: ALERTMANAGER,
      ports: [{ number: 9094 }, { number: 9094, protocol: 'UDP' }],
      why: 'copies of Alertmanager tell each other what they have sent',
    },
  ]
}

function grafana(cluster: Cluster): Allowed[] {
  const why = 'Grafana shows what it keeps'
  return [
    callsApiServer(GRAFANA_PODS, 'Grafana, for dashboards,', cluster),
    { from: GRAFANA_PODS, to: PROMETHEUS, ports: [{ number: PROMETHEUS_PORT }], why },
    { from: GRAFANA_PODS, to: ALERTMANAGER, ports: [{ number: 9093 }], why },
    ...(jaegerIsHere(cluster)
      ? [{ from: GRAFANA_PODS, to: pods(NAMESPACE, { 'app.kubernetes.io/name': 'jaeger' }), ports: [{ number: JAEGER_QUERY_PORT }], why }]
      : []),
    ...(signsOn(cluster) ? throughGateway(GRAFANA_PODS, cluster, 'people log in to Grafana') : []),
  ]
}

import {
  callsApiServer,
  chartRelease,
  outside,
  podMonitor,
  pods,
  pullSecrets,
  RELEASE_WAVES,
  resources,
  scrapedAt,
  type Cluster,
} from '../../targets/kubernetes/kit.ts'
import type { ChartRelease, KubernetesSystem, Values, WantedSecret } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { agentConfig } from './kubernetes/fluent-bit-config.ts'
import { collectorConfig, FILES_FOLDER, type SearchEngine } from './kubernetes/fluentd-config.ts'
import { CERTIFICATE, CERTIFICATE_FOLDER, COLLECTOR_HOST, ENGINE_PASSWORD, ENGINE_USER, FORWARD_PORT, SHARED_KEY } from './names.ts'

const NAMESPACE = 'logging'
const AGENTS = pods(NAMESPACE, { 'app.kubernetes.io/name': 'fluent-bit' })
const AGENT_METRICS_PORT = 2020
const COLLECTOR = pods(NAMESPACE, { 'app.kubernetes.io/name': 'fluentd' })
const COLLECTOR_METRICS_PORT = 24_231
const KEY_SECRET = 'logging-key'
const ENGINE_SECRET = 'logging-search-engine'

/** An agent on every node reads what containers write, and hands it to a collector, which keeps it or sends it to a search engine. */
export const loggingKubernetes: KubernetesSystem = {
  name: 'logging',
  contribute(cluster) {
    const { run } = cluster.settings.systems.logging
    if (run === 'off') return {}
    const engine = searchEngine(cluster)
    return {
      releases: [collector(cluster, engine), agents(cluster)],
      certificates: [{ name: CERTIFICATE, namespace: NAMESPACE, dnsNames: [COLLECTOR_HOST, 'fluentd'], usages: ['server'] }],
      secrets: secrets(engine),
      objects: [
        ...podMonitor({ name: 'fluent-bit', pods: AGENTS, port: AGENT_METRICS_PORT, path: '/api/v2/metrics/prometheus' }, cluster),
        ...podMonitor({ name: 'fluentd', pods: COLLECTOR, port: COLLECTOR_METRICS_PORT }, cluster),
      ],
      allowed: [
        callsApiServer(AGENTS, 'the log agent, for the pods’ names,', cluster),
        { from: AGENTS, to: COLLECTOR, ports: [{ number: FORWARD_PORT }], why: 'agents hand on what containers write' },
        scrapedAt(AGENTS, AGENT_METRICS_PORT, 'the log agents'),
        scrapedAt(COLLECTOR, COLLECTOR_METRICS_PORT, 'the log collector'),
        ...(engine ? [{ from: COLLECTOR, to: outside(cluster), ports: [{ number: engine.port }], why: 'logs go to the search engine' }] : []),
      ],
    }
  },
}

function secrets(engine: SearchEngine | undefined): WantedSecret[] {
  const key: WantedSecret = { namespace: NAMESPACE, name: KEY_SECRET, keys: { key: 'password' } }
  if (!engine) return [key]
  const about = { user: `who writes logs to ${engine.host}`, password: `the password of who writes logs to ${engine.host}` }
  return [key, { namespace: NAMESPACE, name: ENGINE_SECRET, keys: { user: 'given', password: 'given' }, about }]
}

function searchEngine({ settings }: Cluster): SearchEngine | undefined {
  const { elasticsearch } = settings.systems.logging
  if (elasticsearch === undefined) return undefined
  const { hostname, port } = new URL(elasticsearch)
  return { host: hostname, port: Number(port || '443') }
}

function fromSecret(variable: string, name: string, key: string): Values {
  return { name: variable, valueFrom: { secretKeyRef: { name, key } } }
}

function agents(cluster: Cluster): ChartRelease {
  return chartRelease(
    {
      chart: chartNamed('fluent-bit'),
      namespace: NAMESPACE,
      wave: RELEASE_WAVES.late,
      values: {
        imagePullSecrets: pullSecrets(cluster),
        testFramework: { enabled: false },
        // Every node has one, whatever else it refuses.
        tolerations: [{ operator: 'Exists' }],
        resources: resources('20m', '64Mi', '256Mi'),
        securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        env: [fromSecret(SHARED_KEY, KEY_SECRET, 'key')],
        args: ['--workdir=/fluent-bit/etc', '--config=/fluent-bit/etc/conf/fluent-bit.yaml'],
        config: { extraFiles: { 'fluent-bit.yaml': agentConfig() } },
        daemonSetVolumes: [
          { name: 'varlog', hostPath: { path: '/var/log' } },
          { name: 'state', hostPath: { path: '/var/lib/fluent-bit', type: 'DirectoryOrCreate' } },
          { name: 'root', configMap: { name: 'systems-ca' } },
        ],
        daemonSetVolumeMounts: [
          { name: 'varlog', mountPath: '/var/log', readOnly: true },
          { name: 'state', mountPath: '/var/lib/fluent-bit' },
          { name: 'root', mountPath: '/fluent-bit/root', readOnly: true },
        ],
      },
    },
    cluster,
  )
}

function collector(cluster: Cluster, engine: SearchEngine | undefined): ChartRelease {
  const { storage } = cluster.settings.systems.logging
  return chartRelease(
    {
      chart: chartNamed('fluentd'),
      namespace: NAMESPACE,
      wave: RELEASE_WAVES.services,
      values: {
        kind: 'StatefulSet',
        fullnameOverride: 'fluentd',
        imagePullSecrets: pullSecrets(cluster),
        podSecurityPolicy: { enabled: false },
        rbac: { create: false },
        // It reads no files of its node.
        mountVarLogDirectory: false,
        mountDockerContainersDirectory: false,
        dashboards: { enabled: 'false' },
        resources: resources('100m', '256Mi', '512Mi'),
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        env: [
          fromSecret(SHARED_KEY, KEY_SECRET, 'key'),
          ...(engine ? [fromSecret(ENGINE_USER, ENGINE_SECRET, 'user'), fromSecret(ENGINE_PASSWORD, ENGINE_SECRET, 'password')] : []),
        ],
        volumes: [{ name: CERTIFICATE, secret: { secretName: CERTIFICATE } }],
        volumeMounts: [{ name: CERTIFICATE, mountPath: CERTIFICATE_FOLDER, readOnly: true }],
        persistence: { enabled: true, size: storage, ...(cluster.settings.storageClass !== undefined && { storageClass: cluster.settings.storageClass }) },
        service: { ports: [{ name: 'forward', protocol: 'TCP', containerPort: FORWARD_PORT }] },
        fileConfigs: collectorConfig({ engine, metricsPort: COLLECTOR_METRICS_PORT, folder: FILES_FOLDER }),
      },
    },
    cluster,
  )
}

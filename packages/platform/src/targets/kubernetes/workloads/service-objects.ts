import { ours, type Cluster } from '../cluster.ts'
import { labelsOf, selectorLabels } from '../labels.ts'
import { metricsPortOf } from '../metrics-port.ts'
import { namespaceOf } from '../namespaces.ts'
import type { KubernetesObject } from '../object.ts'
import { podTemplate, type PodParts } from '../pods/pod-template.ts'
import type { Port, Workload } from '../../../model/workload.ts'
import { reloadAnnotations } from './reload.ts'
import { autoscaler } from './autoscaler.ts'

/** The objects of a workload that runs until it is stopped. */
export function serviceObjects(parts: PodParts, dialled: ReadonlySet<string>): KubernetesObject[] {
  const { workload, cluster } = parts
  return [
    ...workload.volumes.map((volume) => claim(volume, workload, cluster)),
    deployment(parts),
    ...service(workload, dialled, cluster),
    ...(workload.scale.replicas > 1 || workload.scale.upTo ? [disruptionBudget(workload, cluster)] : []),
    ...autoscaler(workload, cluster),
    ...monitor(workload, cluster),
  ]
}

export function metadataOf(workload: Workload, { plan }: Cluster): { name: string; namespace: string; labels: Record<string, string> } {
  return { name: workload.name, namespace: namespaceOf(workload.area), labels: labelsOf(workload, plan.platform.name) }
}

function deployment(parts: PodParts): KubernetesObject {
  const { workload, cluster, resolver, texts } = parts
  const keepsFiles = workload.volumes.length > 0
  return ours(cluster, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadataOf(workload, cluster), ...reloadAnnotations(workload, resolver, texts) },
    spec: {
      // The number belongs to whoever scales, where somebody does.
      ...(!workload.scale.upTo && { replicas: workload.scale.replicas }),
      revisionHistoryLimit: 5,
      selector: { matchLabels: selectorLabels(workload) },
      // A new copy is ready before an old one goes; two that share files cannot run at the same time.
      strategy: keepsFiles ? { type: 'Recreate' } : { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      ...(!keepsFiles && { minReadySeconds: 5 }),
      template: podTemplate(parts),
    },
  })
}

function service(workload: Workload, dialled: ReadonlySet<string>, cluster: Cluster): KubernetesObject[] {
  const ports = Object.entries(workload.ports).filter(([name]) => dialled.has(`${workload.name} ${name}`))
  if (ports.length === 0) return []
  return [
    ours(cluster, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadataOf(workload, cluster),
      spec: {
        type: 'ClusterIP',
        selector: selectorLabels(workload),
        ports: ports.map(([name, port]) => ({ name, port: port.number, targetPort: name, protocol: 'TCP', appProtocol: appProtocol(port) })),
      },
    }),
  ]
}

/** In Kubernetes' own words, for gateways and meshes. */
function appProtocol({ protocol, tls }: Port): string {
  if (protocol === 'grpc') return tls ? 'https' : 'kubernetes.io/h2c'
  if (protocol === 'http') return tls ? 'https' : 'http'
  return protocol === 'postgresql' ? 'postgresql' : 'tcp'
}

/** Nodes are emptied one copy at a time. A copy that is not ready does not keep a node from being emptied. */
function disruptionBudget(workload: Workload, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: metadataOf(workload, cluster),
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: selectorLabels(workload) } },
  })
}

/** Every copy is scraped. */
function monitor(workload: Workload, cluster: Cluster): KubernetesObject[] {
  const port = metricsPortOf(workload)
  if (port === undefined) return []
  return [
    ours(cluster, {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: metadataOf(workload, cluster),
      spec: {
        selector: { matchLabels: selectorLabels(workload) },
        podTargetLabels: ['app.kubernetes.io/name', 'app.kubernetes.io/component'],
        podMetricsEndpoints: [{ port, path: '/metrics', interval: '15s' }],
      },
    }),
  ]
}

function claim(volume: string, workload: Workload, cluster: Cluster): KubernetesObject {
  const { storageClass } = cluster.settings
  return ours(cluster, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { ...metadataOf(workload, cluster), name: volume },
    spec: {
      accessModes: ['ReadWriteOnce'],
      ...(storageClass !== undefined && { storageClassName: storageClass }),
      resources: { requests: { storage: '1Gi' } },
    },
  })
}

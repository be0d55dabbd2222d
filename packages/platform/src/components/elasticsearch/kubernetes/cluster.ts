import { operatedElasticsearch } from '../../../model/operated.ts'
import {
  certificateSecret,
  type Cluster,
  type KubernetesObject,
  ours,
  platformPriority,
  pulledImage,
  RESTRICTED_CONTAINER,
} from '../../../targets/kubernetes/kit.ts'
import { ELASTICSEARCH, USER_SECRET } from '../names.ts'
import { CLUSTER_LABELS, NAMESPACE } from './names.ts'
import { secureSettings, storeConfig } from './snapshots.ts'

/** Nodes of the environment, with what is usual for it. */
export function nodesOf({ plan, settings }: Cluster): number {
  return settings.elasticsearch.nodes ?? (plan.platform.environment === 'development' ? 1 : 3)
}

/** Nodes that are all alike: each holds data, and each may lead. */
export function elasticsearchCluster(cluster: Cluster, secured: boolean): KubernetesObject {
  const { settings, plan } = cluster
  const count = nodesOf(cluster)
  return ours(cluster, {
    apiVersion: 'elasticsearch.k8s.elastic.co/v1',
    kind: 'Elasticsearch',
    metadata: { name: ELASTICSEARCH, namespace: NAMESPACE },
    spec: {
      version: operatedElasticsearch.version,
      image: pulledImage(cluster, operatedElasticsearch.image),
      // Both are in one secret: a user, and what it may do.
      ...(secured && { auth: { fileRealm: [{ secretName: USER_SECRET }], roles: [{ secretName: USER_SECRET }] } }),
      http: { tls: secured ? { certificate: { secretName: certificateSecret(ELASTICSEARCH, 'search') } } : { selfSignedCertificate: { disabled: true } } },
      ...secureSettings(cluster),
      nodeSets: [
        {
          name: 'default',
          count,
          config: {
            // Else the node's kernel needs another setting, which only a privileged container could make.
            'node.store.allow_mmap': false,
            // Written to before it is made, the index would get types that Temporal cannot search by.
            'action.auto_create_index': '.*',
            ...storeConfig(cluster),
          },
          podTemplate: podTemplate(cluster),
          volumeClaimTemplates: [
            {
              apiVersion: 'v1',
              kind: 'PersistentVolumeClaim',
              // The operator knows the volume by this name.
              metadata: { name: 'elasticsearch-data' },
              spec: {
                accessModes: ['ReadWriteOnce'],
                ...(settings.storageClass !== undefined && { storageClassName: settings.storageClass }),
                resources: { requests: { storage: settings.elasticsearch.storage } },
              },
            },
          ],
        },
      ],
      updateStrategy: { changeBudget: { maxUnavailable: 1, maxSurge: plan.platform.environment === 'production' ? 0 : 1 } },
      // What keeps data is removed by nobody but people.
      volumeClaimDeletePolicy: 'DeleteOnScaledownOnly',
    },
  })
}

function podTemplate(cluster: Cluster): object {
  const { settings, plan } = cluster
  const { cpu, cpuLimit, memory, memoryLimit } = settings.elasticsearch.resources
  const { heapMebibytes } = plan.platform.elasticsearch
  const { runAsNonRoot, seccompProfile, readOnlyRootFilesystem: _, ...container } = RESTRICTED_CONTAINER
  const own = { matchLabels: CLUSTER_LABELS }
  return {
    spec: {
      automountServiceAccountToken: false,
      priorityClassName: platformPriority(cluster),
      ...(settings.images.pullSecrets.length > 0 && { imagePullSecrets: settings.images.pullSecrets.map((name) => ({ name })) }),
      securityContext: { runAsNonRoot, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile },
      affinity: {
        podAntiAffinity:
          plan.platform.environment === 'production'
            ? { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: own }] }
            : {
                preferredDuringSchedulingIgnoredDuringExecution: [
                  { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: own } },
                ],
              },
      },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: own }],
      containers: [
        {
          name: 'elasticsearch',
          env: [{ name: 'ES_JAVA_OPTS', value: `-Xms${heapMebibytes}m -Xmx${heapMebibytes}m` }],
          resources: { requests: { cpu, memory }, limits: { cpu: cpuLimit, memory: memoryLimit } },
          securityContext: container,
        },
      ],
    },
  }
}

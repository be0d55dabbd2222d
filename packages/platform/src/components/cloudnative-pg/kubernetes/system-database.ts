import { operatedPostgresql } from '../../../model/operated.ts'
import {
  barmanCredentials,
  platformPriority,
  pullSecrets,
  callsApiServer,
  copies,
  ours,
  outside,
  pods,
  pulledImage,
  scrapedAt,
  storePort,
  storeSecret,
  type Allowed,
  type Backups,
  type Cluster,
  type KubernetesObject,
} from '../../../targets/kubernetes/kit.ts'
import type { SystemDatabase, WantedSecret } from '../../../targets/kubernetes/system.ts'

const OPERATOR = pods('operators', { 'app.kubernetes.io/name': 'cloudnative-pg' })
const SQL_PORT = 5432
const STATUS_PORT = 8000
const METRICS_PORT = 9187
const PLUGIN = 'barman-cloud.cloudnative-pg.io'

interface MadeDatabase {
  readonly objects: readonly KubernetesObject[]
  readonly allowed: readonly Allowed[]
  readonly secrets: readonly WantedSecret[]
}

/** A PostgreSQL for one system: its own servers, its own backups. */
export function systemDatabase(wanted: SystemDatabase, cluster: Cluster): MadeDatabase {
  const { backups } = cluster.settings
  const objects = [
    postgresql(wanted, cluster),
    ours(cluster, {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PodMonitor',
      metadata: { name: wanted.name, namespace: wanted.namespace },
      spec: { selector: { matchLabels: labelsOf(wanted) }, podMetricsEndpoints: [{ port: 'metrics', interval: '30s' }] },
    }),
    ...(backups ? [objectStore(wanted, backups, cluster), scheduledBackup(wanted, backups, cluster)] : []),
  ]
  return { objects, allowed: allowedFor(wanted, cluster), secrets: backups ? [storeSecret(wanted.namespace, backups)] : [] }
}

const labelsOf = ({ name }: SystemDatabase): Record<string, string> => ({ 'cnpg.io/cluster': name })

function postgresql({ name, namespace, database, storage }: SystemDatabase, cluster: Cluster): KubernetesObject {
  const { plan, settings } = cluster
  const { backups, storageClass } = settings
  return ours(cluster, {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name, namespace },
    spec: {
      instances: copies(cluster),
      imageName: pulledImage(cluster, operatedPostgresql(plan.platform.versions.postgresql).image),
      imagePullSecrets: pullSecrets(cluster),
      enableSuperuserAccess: false,
      priorityClassName: platformPriority(cluster),
      bootstrap: { initdb: { database, owner: database, dataChecksums: true } },
      storage: { size: storage, ...(storageClass !== undefined && { storageClass }) },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { memory: '512Mi' } },
      ...(backups && { plugins: [{ name: PLUGIN, isWALArchiver: true, parameters: { barmanObjectName: name } }] }),
    },
  })
}

function objectStore({ name, namespace }: SystemDatabase, backups: Backups, cluster: Cluster): KubernetesObject {
  const { destination, endpoint, retentionDays } = backups
  return ours(cluster, {
    apiVersion: 'barmancloud.cnpg.io/v1',
    kind: 'ObjectStore',
    metadata: { name, namespace },
    spec: {
      retentionPolicy: `${retentionDays}d`,
      configuration: {
        destinationPath: `${destination.replace(/\/$/, '')}/${name}`,
        ...(endpoint !== undefined && { endpointURL: endpoint }),
        ...barmanCredentials(backups),
        wal: { compression: 'gzip' },
        data: { compression: 'gzip' },
      },
    },
  })
}

function scheduledBackup({ name, namespace }: SystemDatabase, { schedule }: Backups, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'ScheduledBackup',
    metadata: { name, namespace },
    spec: { schedule, backupOwnerReference: 'self', cluster: { name }, method: 'plugin', pluginConfiguration: { name: PLUGIN } },
  })
}

function allowedFor(wanted: SystemDatabase, cluster: Cluster): Allowed[] {
  const own = pods(wanted.namespace, labelsOf(wanted))
  return [
    callsApiServer(own, `each server of ${wanted.name}`, cluster),
    { from: OPERATOR, to: own, ports: [{ number: STATUS_PORT }, { number: SQL_PORT }], why: 'CloudNativePG looks after its servers' },
    { from: own, to: own, ports: [{ number: SQL_PORT }, { number: STATUS_PORT }], why: 'servers copy from each other' },
    { from: wanted.usedBy, to: own, ports: [{ number: SQL_PORT }], why: `the database of ${wanted.database}` },
    scrapedAt(own, METRICS_PORT, wanted.name),
    ...(cluster.settings.backups
      ? [{ from: own, to: outside(cluster), ports: [{ number: storePort(cluster.settings.backups) }], why: 'backups go to the object store' }]
      : []),
  ]
}

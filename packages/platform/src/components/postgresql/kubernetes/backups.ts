import type { Diagnostic } from '../../../model/diagnostics.ts'
import { barmanCredentials, type Cluster, type KubernetesObject, ours } from '../../../targets/kubernetes/kit.ts'
import { POSTGRESQL } from '../names.ts'
import { BACKUP_PLUGIN, NAMESPACE, OBJECT_STORE } from './names.ts'

/** Where backups go, and when one is made. The log is archived all the time, so any moment since can be restored. */
export function backupObjects(cluster: Cluster): KubernetesObject[] {
  const { backups } = cluster.settings
  if (!backups) return []
  return [
    ours(cluster, {
      apiVersion: 'barmancloud.cnpg.io/v1',
      kind: 'ObjectStore',
      metadata: { name: OBJECT_STORE, namespace: NAMESPACE },
      spec: {
        retentionPolicy: `${backups.retentionDays}d`,
        configuration: {
          destinationPath: backups.destination,
          ...(backups.endpoint !== undefined && { endpointURL: backups.endpoint }),
          ...barmanCredentials(backups),
          wal: { compression: 'gzip', maxParallel: 4 },
          data: { compression: 'gzip', jobs: 2 },
        },
        instanceSidecarConfiguration: { resources: SIDECAR },
      },
    }),
    ours(cluster, {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'ScheduledBackup',
      metadata: { name: POSTGRESQL, namespace: NAMESPACE },
      spec: {
        cluster: { name: POSTGRESQL },
        schedule: backups.schedule,
        // The first one at once: until there is a base backup, nothing can be restored.
        immediate: true,
        backupOwnerReference: 'self',
        method: 'plugin',
        pluginConfiguration: { name: BACKUP_PLUGIN },
      },
    }),
  ]
}

/** Beside each server, it archives the log and makes backups. */
export const SIDECAR = { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '1', memory: '1Gi' } } as const

/** Nothing that is worth running in production is without backups. */
export function checkBackups({ plan: { platform }, settings: { backups } }: Cluster): Diagnostic[] {
  if (backups || platform.environment !== 'production') return []
  return [
    {
      path: 'kubernetes.backups',
      message: 'is missing: in production, PostgreSQL has a backup or is not run',
      hint: 'say where they go, such as { destination: "s3://backups/temporal" }; for a server that others run and back up, postgresql.external',
    },
  ]
}

import type { Diagnostic } from '../../../model/diagnostics.ts'
import type { KubernetesSettings } from '../../../model/settings/kubernetes.ts'
import { type Cluster, type KubernetesObject, ours } from '../../../targets/kubernetes/kit.ts'
import type { WantedSecret } from '../../../targets/kubernetes/system.ts'
import { POSTGRESQL } from '../names.ts'
import { BACKUP_PLUGIN, BACKUP_SECRET, NAMESPACE, OBJECT_STORE } from './names.ts'

type Backups = NonNullable<KubernetesSettings['backups']>

/** How one kind of object store is shown who asks: keys of the secret, with what people have to give, and where the plugin wants them. */
interface Credentials {
  readonly about: Readonly<Record<string, string>>
  readonly configuration: object
}

const reference = (key: string) => ({ name: BACKUP_SECRET, key })

const CREDENTIALS: Readonly<Record<'s3' | 'gs' | 'https', Credentials>> = {
  s3: {
    about: {
      'access-key-id': 'the id of an access key that may read, write and list the bucket of the backups',
      'secret-access-key': 'its secret',
    },
    configuration: { s3Credentials: { accessKeyId: reference('access-key-id'), secretAccessKey: reference('secret-access-key') } },
  },
  gs: {
    about: { 'credentials.json': 'the key of a Google service account that may read, write and list the bucket of the backups, as JSON' },
    configuration: { googleCredentials: { applicationCredentials: reference('credentials.json') } },
  },
  https: {
    about: { 'connection-string': 'the connection string of the Azure storage account with the backups' },
    configuration: { azureCredentials: { connectionString: reference('connection-string') } },
  },
}

function credentialsOf({ destination }: Backups): Credentials {
  return CREDENTIALS[destination.slice(0, destination.indexOf(':')) as keyof typeof CREDENTIALS]
}

/** What people have to give, so that backups can be written. */
export function backupSecret({ settings: { backups } }: Cluster): WantedSecret[] {
  if (!backups) return []
  const { about } = credentialsOf(backups)
  return [{ namespace: NAMESPACE, name: BACKUP_SECRET, keys: Object.fromEntries(Object.keys(about).map((key) => [key, 'given' as const])), about }]
}

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
          ...credentialsOf(backups).configuration,
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

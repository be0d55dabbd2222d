import type { Diagnostic } from '../../../model/diagnostics.ts'
import { managedServicesOf } from '../../../model/plan.ts'
import { configFile, endpoint, secretFile } from '../../../model/values.ts'
import type { ConfigTree, Workload } from '../../../model/workload.ts'
import { type Backups, type Cluster, STORE_SECRET, storeKind } from '../../../targets/kubernetes/kit.ts'
import type { KubernetesSystem } from '../../../targets/kubernetes/system.ts'
import { workload } from '../../component.ts'
import { searchTls, searchUser } from '../access.ts'
import { ELASTICSEARCH, USER_SECRET } from '../names.ts'

/** What Elasticsearch calls a store: the type of a repository, and where its keystore wants the keys of the store's secret. */
const STORES: Readonly<Record<'s3' | 'gs', { readonly type: string; readonly keystore: Readonly<Record<string, string>> }>> = {
  s3: { type: 's3', keystore: { 'access-key-id': 's3.client.default.access_key', 'secret-access-key': 's3.client.default.secret_key' } },
  gs: { type: 'gcs', keystore: { 'credentials.json': 'gcs.client.default.credentials_file' } },
}

function storeOf(backups: Backups): (typeof STORES)['s3'] | undefined {
  const kind = storeKind(backups)
  return kind === 'https' ? undefined : STORES[kind]
}

/** The keys of the store, which nodes read when they start. */
export function secureSettings({ settings: { backups } }: Cluster): { readonly secureSettings?: readonly object[] } {
  const store = backups && storeOf(backups)
  if (!store) return {}
  return { secureSettings: [{ secretName: STORE_SECRET, entries: Object.entries(store.keystore).map(([key, path]) => ({ key, path })) }] }
}

/** A store that is not Amazon's: it has no name for each bucket. */
export function storeConfig({ settings: { backups } }: Cluster): Readonly<Record<string, string | boolean>> {
  if (backups?.endpoint === undefined || storeKind(backups) !== 's3') return {}
  return { 's3.client.default.endpoint': backups.endpoint, 's3.client.default.path_style_access': true }
}

export function checkSnapshots({ settings: { backups } }: Cluster): Diagnostic[] {
  if (!backups || storeOf(backups)) return []
  return [
    {
      path: 'kubernetes.backups.destination',
      message: 'is in Azure, where snapshots of Elasticsearch want other keys than backups of PostgreSQL',
      hint: 'use s3:// or gs://, an Elasticsearch that others run (elasticsearch.external), or the visibility store postgresql',
    },
  ]
}

/** Has a job tell Elasticsearch where snapshots go, and when: the operator does that only with a licence. */
export const elasticsearchSnapshotsKubernetes: KubernetesSystem = {
  name: 'elasticsearch-snapshots',
  contribute: () => ({}),
  workloads(cluster) {
    const { backups } = cluster.settings
    const store = backups && storeOf(backups)
    if (!store || !managedServicesOf(cluster.plan).some(({ name }) => name === ELASTICSEARCH)) return []
    return [snapshotsJob({ backups, type: store.type }, cluster)]
  },
}

interface Store {
  readonly backups: Backups
  readonly type: string
}

function snapshotsJob({ backups, type }: Store, { plan: { platform } }: Cluster): Workload {
  const user = searchUser(platform)
  const content: ConfigTree = {
    host: endpoint(ELASTICSEARCH, 'http', 'host'),
    port: endpoint(ELASTICSEARCH, 'http', 'port'),
    tls: searchTls(platform),
    ...(user !== undefined && { login: { user, passwordFile: secretFile(USER_SECRET, 'password') } }),
    repository: { type, settings: placeOf(backups) },
    policy: { schedule: quartz(backups.schedule), index: platform.elasticsearch.index, retentionDays: backups.retentionDays },
  }
  return workload({
    name: 'elasticsearch-snapshots',
    component: ELASTICSEARCH,
    area: 'backend',
    runs: 'job',
    description: 'Tells Elasticsearch where its snapshots go, and when they are made',
    program: { kind: 'node', module: '@sundial/operations/elasticsearch-snapshots' },
    args: [configFile('snapshots.json')],
    files: { 'snapshots.json': { format: 'json', content } },
    calls: [{ party: ELASTICSEARCH, port: 'http' }],
    needs: [{ party: ELASTICSEARCH, until: 'ready' }],
  })
}

/** Beside PostgreSQL's, in the same bucket. */
function placeOf({ destination }: Backups): { readonly bucket: string; readonly base_path: string } {
  const { hostname, pathname } = new URL(destination)
  return { bucket: hostname, base_path: [...pathname.split('/').filter((part) => part !== ''), ELASTICSEARCH].join('/') }
}

/** Elasticsearch wants it said which of the two days is not meant. */
export function quartz(schedule: string): string {
  const [seconds, minutes, hours, day, month, weekday] = schedule.split(' ')
  return [seconds, minutes, hours, weekday === '*' ? day : '?', month, weekday === '*' ? '?' : weekday].join(' ')
}

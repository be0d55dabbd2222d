import type { KubernetesSettings } from '../../model/settings/kubernetes.ts'
import type { NamespaceName } from './namespaces.ts'
import type { WantedSecret } from './system.ts'

export type Backups = NonNullable<KubernetesSettings['backups']>

/** Who may write to the object store of all backups: people give it once, and each namespace with something to back up has it. */
export const STORE_SECRET = 'backup-store'

/** By the scheme of the destination: Amazon's protocol, Google's, Azure's. */
type StoreKind = 's3' | 'gs' | 'https'

/** What people give, by key of the secret. */
const ABOUT: Readonly<Record<StoreKind, Readonly<Record<string, string>>>> = {
  s3: {
    'access-key-id': 'the id of an access key that may read, write and list the bucket of the backups',
    'secret-access-key': 'its secret',
  },
  gs: { 'credentials.json': 'the key of a Google service account that may read, write and list the bucket of the backups, as JSON' },
  https: { 'connection-string': 'the connection string of the Azure storage account with the backups' },
}

export function storeKind({ destination }: Backups): StoreKind {
  return destination.slice(0, destination.indexOf(':')) as StoreKind
}

export function storeSecret(namespace: NamespaceName, backups: Backups): WantedSecret {
  const about = ABOUT[storeKind(backups)]
  return { namespace, name: STORE_SECRET, keys: Object.fromEntries(Object.keys(about).map((key) => [key, 'given' as const])), about }
}

/** The port that the store is reached at. */
export function storePort({ endpoint }: Backups): number {
  if (endpoint === undefined) return 443
  const { port, protocol } = new URL(endpoint)
  return port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port)
}

const reference = (key: string) => ({ name: STORE_SECRET, key })

/** Where Barman, which backs up every PostgreSQL, wants the keys of that secret. */
const BARMAN: Readonly<Record<StoreKind, object>> = {
  s3: { s3Credentials: { accessKeyId: reference('access-key-id'), secretAccessKey: reference('secret-access-key') } },
  gs: { googleCredentials: { applicationCredentials: reference('credentials.json') } },
  https: { azureCredentials: { connectionString: reference('connection-string') } },
}

export function barmanCredentials(backups: Backups): object {
  return BARMAN[storeKind(backups)]
}

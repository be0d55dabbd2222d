import type { Cluster } from '../cluster.ts'

/** The store that every ExternalSecret reads from. */
export const STORE = { kind: 'ClusterSecretStore', name: 'vault' } as const

/** Where a secret is below the mount: a platform and an environment share nothing with others. */
export function vaultKey({ plan }: Cluster, secret: string): string {
  return `${plan.platform.name}/${plan.platform.environment}/${secret}`
}

/** What every ExternalSecret of ours says: what the server would fill in is said too, so that nothing differs afterwards. */
export const EXTERNAL_SECRET = {
  refreshPolicy: 'Periodic',
  refreshInterval: '10m0s',
  secretStoreRef: STORE,
} as const

/** One value from Vault, with the server's defaults. */
export function vaultValue(secretKey: string, key: string, property: string): object {
  return {
    secretKey,
    remoteRef: { key, property, conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None', nullBytePolicy: 'Ignore' },
  }
}

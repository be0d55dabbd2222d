import type { KubernetesSettings } from '../../model/settings/kubernetes.ts'

/** The audience of tokens that are shown to Vault: it must be the one of its role. */
export const VAULT_AUDIENCE = 'vault'
const PORT = 8200

export interface VaultAccess {
  /** Whether the platform runs it. */
  readonly isHere: boolean
  readonly url: string
  readonly podPort: number
  /** Of one that others run. */
  readonly outsidePort: number
}

/** How Vault is reached. Of one that is run here the active server: a sealed one would answer, too, but with nothing. */
export function vaultAccess({ vault: { url } }: Pick<KubernetesSettings, 'vault'>): VaultAccess {
  const isHere = url === undefined
  return {
    isHere,
    url: url ?? `https://vault-active.security.svc:${PORT}`,
    podPort: PORT,
    outsidePort: url === undefined ? PORT : Number(new URL(url).port || '443'),
  }
}

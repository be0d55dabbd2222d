import { readFile } from 'node:fs/promises'
import type { TemporalTlsSettings } from './temporal-settings.ts'

/** What `Connection` and `NativeConnection` of the Temporal SDK take as `tls`. */
export interface TemporalTls {
  serverNameOverride?: string
  serverRootCACertificate?: Buffer
  clientCertPair?: { crt: Buffer; key: Buffer }
}

/** Reads the files that the settings name. `false`: not encrypted, which the SDK needs said when there is a token. */
export async function loadTemporalTls(tls: TemporalTlsSettings | undefined): Promise<TemporalTls | false> {
  if (!tls) return false
  const loaded: TemporalTls = {}
  if (tls.serverName !== undefined) loaded.serverNameOverride = tls.serverName
  if (tls.serverRootCaFile !== undefined) loaded.serverRootCACertificate = await readFile(tls.serverRootCaFile)
  if (tls.clientCertFile !== undefined && tls.clientKeyFile !== undefined) {
    loaded.clientCertPair = { crt: await readFile(tls.clientCertFile), key: await readFile(tls.clientKeyFile) }
  }
  return loaded
}

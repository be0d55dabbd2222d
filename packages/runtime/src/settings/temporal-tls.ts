import { readFile } from 'node:fs/promises'
import type { TemporalTlsSettings } from './temporal-settings.ts'

/** What `Connection` and `NativeConnection` of the Temporal SDK take as `tls`. */
export interface TemporalTls {
  serverNameOverride?: string
  serverRootCACertificate?: Buffer
  clientCertPair?: { crt: Buffer; key: Buffer }
}

/** Reads the files that the settings name, and takes what is in the settings themselves. `false`: not encrypted, which the SDK needs said when there is a token. */
export async function loadTemporalTls(tls: TemporalTlsSettings | undefined): Promise<TemporalTls | false> {
  if (!tls) return false
  const loaded: TemporalTls = {}
  if (tls.serverName !== undefined) loaded.serverNameOverride = tls.serverName
  const root = await loadPem(tls.serverRootCaFile, tls.serverRootCa)
  const [crt, key] = [await loadPem(tls.clientCertFile, tls.clientCert), await loadPem(tls.clientKeyFile, tls.clientKey)]
  if (root) loaded.serverRootCACertificate = root
  if (crt && key) loaded.clientCertPair = { crt, key }
  return loaded
}

async function loadPem(file: string | undefined, text: string | undefined): Promise<Buffer | undefined> {
  if (file !== undefined) return readFile(file)
  return text === undefined ? undefined : Buffer.from(text)
}

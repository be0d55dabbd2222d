import { readFile } from 'node:fs/promises'
import { certificateFiles } from './platform.ts'

/** A certificate and its key, PEM. */
export interface Identity {
  readonly cert: string
  readonly key: string
}

/** What a caller of a TLS server brings. */
export interface Tls {
  /** Root of the server's certificate. */
  readonly ca: string
  /** The name that the server's certificate must have. */
  readonly serverName: string
  /** The caller's own certificate; without it none is shown. */
  readonly identity?: Identity
}

/** The certificate of a workload in a trust domain. */
export async function identityOf(workload: string, domain: string): Promise<Identity> {
  const { certFile, keyFile } = certificateFiles(workload, domain)
  const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')])
  return { cert, key }
}

/** The root that the members of a trust domain trust. */
export function rootOf(domain: string): Promise<string> {
  return readFile(certificateFiles('', domain).caFile, 'utf8')
}

import { chmod } from 'node:fs/promises'
import { readFileIfPresent, writeFileAtomically } from '../state/private-files.ts'
import { privateKeyPem, readKeyPair, type KeyPair } from './key-pair.ts'
import { X509Certificate } from './x509.ts'

export interface Issued {
  readonly certificate: X509Certificate
  readonly keys: KeyPair
}

export interface PemFiles {
  readonly certFile: string
  readonly keyFile: string
}

/** Writes the key first: whoever sees the new certificate finds its key. */
export async function writeIssued(files: PemFiles, { certificate, keys }: Issued): Promise<void> {
  await writeFileAtomically(files.keyFile, await privateKeyPem(keys), 0o600)
  await writeFileAtomically(files.certFile, `${certificate.toString('pem')}\n`, 0o644)
}

/** What the files hold, or nothing if one of them is missing or damaged, or they do not belong together. */
export async function readIssued(files: PemFiles): Promise<Issued | undefined> {
  const [certPem, keyPem] = await Promise.all([readFileIfPresent(files.certFile), readFileIfPresent(files.keyFile)])
  if (certPem === undefined || keyPem === undefined) return undefined
  const issued = await parse(certPem, keyPem)
  if (issued) await chmod(files.keyFile, 0o600)
  return issued
}

async function parse(certPem: string, keyPem: string): Promise<Issued | undefined> {
  try {
    const certificate = new X509Certificate(certPem)
    const keys = await readKeyPair(keyPem)
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', keys.publicKey))
    return spki.equals(Buffer.from(certificate.publicKey.rawData)) ? { certificate, keys } : undefined
  } catch {
    // Whatever is wrong with them, new ones are made.
    return undefined
  }
}

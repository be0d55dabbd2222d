import { randomUUID } from 'node:crypto'
import type { ProcessTrustDomain } from '@sundial/platform/process'
import { newKeyPair, SIGNING } from './key-pair.ts'
import { isFresh, lifetime } from './lifetime.ts'
import { readIssued, writeIssued, type Issued } from './pem-files.ts'
import { newSerialNumber } from './serial-number.ts'
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, SubjectKeyIdentifierExtension, X509CertificateGenerator } from './x509.ts'

/** Ten years. Nothing outside the machine trusts a root, and to replace one means to issue everything anew. */
const ROOT_DAYS = 3653

/** A root that can issue. */
export interface TrustDomain extends Issued {
  readonly name: string
}

/**
 * The root of a trust domain: what its files hold, or a new one. One that ends, or that cannot be read, is replaced, and the
 * certificates that it has issued with it.
 */
export async function ensureTrustDomain(domain: ProcessTrustDomain, now = new Date()): Promise<TrustDomain> {
  const files = { certFile: domain.caFile, keyFile: domain.keyFile }
  const kept = await readIssued(files)
  if (kept && (await isUsable(kept, now))) return { name: domain.name, ...kept }
  const root = await issueRoot(domain.name, now)
  await writeIssued(files, root)
  return { name: domain.name, ...root }
}

async function isUsable({ certificate }: Issued, now: Date): Promise<boolean> {
  return certificate.getExtension(BasicConstraintsExtension)?.ca === true && isFresh(certificate, now) && (await certificate.isSelfSigned())
}

async function issueRoot(name: string, now: Date): Promise<Issued> {
  const keys = await newKeyPair()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    keys,
    // Names of two roots must differ even when one replaces the other: some verifiers look an issuer up by name alone.
    name: [{ CN: [`Sundial local ${name} ${randomUUID().slice(0, 8)}`] }],
    serialNumber: newSerialNumber(),
    ...lifetime(ROOT_DAYS, now),
    signingAlgorithm: SIGNING,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate, keys }
}

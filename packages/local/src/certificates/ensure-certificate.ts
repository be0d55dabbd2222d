import type { ProcessCertificate } from '@sundial/platform/process'
import type { TrustDomain } from './ensure-trust-domain.ts'
import { newKeyPair, SIGNING } from './key-pair.ts'
import { leafExtensions } from './leaf-extensions.ts'
import { isFresh, lifetime } from './lifetime.ts'
import { readIssued, writeIssued, type Issued } from './pem-files.ts'
import { newSerialNumber } from './serial-number.ts'
import {
  AuthorityKeyIdentifierExtension,
  type Extension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from './x509.ts'

/** cert-manager's default, so that what renews there is seen to renew here. */
const LEAF_DAYS = 90

/** Object identifier of the subject's alternative names. */
const SUBJECT_ALTERNATIVE_NAME = '2.5.29.17'

/**
 * Issues a certificate into its files, unless they hold one that is as asked, from this root, and fresh.
 * @returns whether one was issued: programs that read theirs once have to be told
 */
export async function ensureCertificate(wanted: ProcessCertificate, domain: TrustDomain, now = new Date()): Promise<{ readonly issued: boolean }> {
  if (wanted.domain !== domain.name) throw new Error(`certificate ${wanted.name} is of the trust domain ${wanted.domain}, not of ${domain.name}`)
  const kept = await readIssued(wanted)
  if (kept && isFresh(kept.certificate, now) && isAsAsked(kept.certificate, wanted) && (await isFrom(kept.certificate, domain))) return { issued: false }
  await writeIssued(wanted, await issueLeaf(wanted, domain, now))
  return { issued: true }
}

async function issueLeaf(wanted: ProcessCertificate, domain: TrustDomain, now: Date): Promise<Issued> {
  const keys = await newKeyPair()
  const certificate = await X509CertificateGenerator.create({
    subject: subjectOf(wanted),
    issuer: domain.certificate.subjectName.toJSON(),
    publicKey: keys.publicKey,
    signingKey: domain.keys.privateKey,
    signingAlgorithm: SIGNING,
    serialNumber: newSerialNumber(),
    ...lifetime(LEAF_DAYS, now),
    extensions: [
      ...leafExtensions(wanted),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(domain.certificate.publicKey),
    ],
  })
  return { certificate, keys }
}

function isAsAsked(certificate: X509Certificate, wanted: ProcessCertificate): boolean {
  const extensions = leafExtensions(wanted)
  const sameSubject = JSON.stringify(certificate.subjectName.toJSON()) === JSON.stringify(subjectOf(wanted))
  const hasNames = certificate.getExtension(SUBJECT_ALTERNATIVE_NAME) !== null
  const wantsNames = extensions.some((extension) => extension instanceof SubjectAlternativeNameExtension)
  return sameSubject && hasNames === wantsNames && extensions.every((extension) => hasExtension(certificate, extension))
}

function hasExtension(certificate: X509Certificate, wanted: Extension): boolean {
  const found = certificate.getExtension(wanted.type)
  return found !== null && Buffer.from(found.rawData).equals(Buffer.from(wanted.rawData))
}

async function isFrom(certificate: X509Certificate, { certificate: root }: TrustDomain): Promise<boolean> {
  return certificate.issuer === root.subject && (await certificate.verify({ publicKey: root.publicKey, signatureOnly: true }))
}

function subjectOf({ commonName }: ProcessCertificate) {
  return [{ CN: [commonName] }]
}

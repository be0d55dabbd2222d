// The library's dependency injection asks for this, and it has to come first.
import 'reflect-metadata'
import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ExtendedKeyUsage, ExtendedKeyUsageExtension, PemConverter, X509Certificate, X509CertificateGenerator, cryptoProvider } from '@peculiar/x509'
import { sharedState } from './platform.ts'
import { rootOf, type Identity } from './tls.ts'

cryptoProvider.set(crypto)

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const
const HOUR_MS = 3_600_000
const PURPOSES = { server: ExtendedKeyUsage.serverAuth, client: ExtendedKeyUsage.clientAuth }

/** A root that can sign. */
export interface Root {
  readonly certificate: X509Certificate
  readonly privateKey: CryptoKey
}

export interface IssueOptions {
  readonly usage?: keyof typeof PURPOSES
  /** When it ends, milliseconds from now. @default an hour */
  readonly endsInMs?: number
}

/** A root that nobody knows. */
export async function unknownRoot(): Promise<Root> {
  const keys = await crypto.subtle.generateKey(KEY, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    keys,
    name: 'CN=unknown root',
    signingAlgorithm: SIGNING,
    serialNumber: '01',
    ...validity(HOUR_MS),
  })
  return { certificate, privateKey: keys.privateKey }
}

/** The platform's own root of a trust domain, so that a certificate can be wrong in nothing but one thing. */
export async function platformRoot(domain: string): Promise<Root> {
  const key = createPrivateKey(await readFile(join(sharedState().certificates, 'roots', `${domain}-ca.key`), 'utf8'))
  const privateKey = await crypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), KEY, false, ['sign'])
  return { certificate: new X509Certificate(await rootOf(domain)), privateKey }
}

/** A certificate that a root has signed. */
export async function issue({ certificate: root, privateKey }: Root, { usage = 'client', endsInMs = HOUR_MS }: IssueOptions = {}): Promise<Identity> {
  const keys = await crypto.subtle.generateKey(KEY, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.create({
    subject: 'CN=orders-worker',
    issuer: root.subjectName.toJSON(),
    publicKey: keys.publicKey,
    signingKey: privateKey,
    signingAlgorithm: SIGNING,
    serialNumber: '02',
    ...validity(endsInMs),
    extensions: [new ExtendedKeyUsageExtension([PURPOSES[usage]])],
  })
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { cert: certificate.toString('pem'), key: PemConverter.encode(key, 'PRIVATE KEY') }
}

function validity(endsInMs: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now()
  return { notBefore: new Date(now - 2 * HOUR_MS), notAfter: new Date(now + endsInMs) }
}

import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

/** PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

export interface TestAuthority {
  /** PEM. */
  readonly root: string
  /** A certificate with the name as its subject and its host name. */
  issue(name: string): Promise<Certificate>
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const DAY_MS = 86_400_000

/** A certificate authority that nobody else knows. */
export async function createAuthority(): Promise<TestAuthority> {
  x509.cryptoProvider.set(crypto)
  const validity = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + DAY_MS) }
  const newKeys = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const keys = await newKeys()
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=root',
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true)],
    ...validity,
  })
  return {
    root: root.toString('pem'),
    async issue(name) {
      const { publicKey, privateKey } = await newKeys()
      const cert = await x509.X509CertificateGenerator.create({
        subject: `CN=${name}`,
        issuer: root.subject,
        publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: name }])],
        ...validity,
      })
      return { cert: cert.toString('pem'), key: x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY') }
    },
  }
}

import type { ProcessCertificate } from '@sundial/platform/process'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
} from './x509.ts'

/** The extensions that follow from what is asked for: those about keys are left to the issuer. */
export function leafExtensions({ dnsNames, ipAddresses, usages }: ProcessCertificate): Extension[] {
  const names = [...dnsNames.map((value) => ({ type: 'dns' as const, value })), ...ipAddresses.map((value) => ({ type: 'ip' as const, value }))]
  const purposes = { server: ExtendedKeyUsage.serverAuth, client: ExtendedKeyUsage.clientAuth }
  return [
    new BasicConstraintsExtension(false, undefined, true),
    // An ECDSA key signs; key encipherment is for RSA.
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension(usages.map((usage) => purposes[usage])),
    ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
  ]
}

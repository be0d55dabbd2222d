import type { Rule } from '../rule.ts'

const IDENTITIES = ['commonName', 'literalSubject', 'dnsNames', 'ipAddresses', 'uris', 'emailAddresses', 'otherNames'] as const
const ISSUER_TYPES = ['acme', 'ca', 'selfSigned', 'vault', 'venafi'] as const

export const certificateIdentity: Rule = {
  id: 'certificate-identity',
  meaning: 'A Certificate is for somebody: it has a name, an address or a common name. An issuer has exactly one way to issue.',
  why: 'cert-manager refuses it; its schema alone does not tell.',
  severity: 'error',
  *check(tree) {
    for (const spec of tree.of('cert-manager.io', 'Certificate').map((at) => at.get('spec'))) {
      if (!IDENTITIES.some((key) => spec.get(key).exists)) yield spec.problem(`is for nobody; it needs one of ${IDENTITIES.join(', ')}`)
      if (spec.get('renewBefore').exists && spec.get('renewBeforePercentage').exists)
        yield spec.get('renewBeforePercentage').problem('stands beside renewBefore; only one of them is allowed')
    }
    for (const spec of ['Issuer', 'ClusterIssuer'].flatMap((kind) => tree.of('cert-manager.io', kind)).map((at) => at.get('spec'))) {
      const types = ISSUER_TYPES.filter((key) => spec.get(key).exists)
      if (types.length !== 1)
        yield spec.problem(`has ${types.length === 0 ? 'no way' : types.join(' and ')} to issue; exactly one is allowed: ${ISSUER_TYPES.join(', ')}`)
    }
  },
}

import { namespaceOf } from '../object-names.ts'
import type { Rule } from '../rule.ts'

/** Names that no public certificate authority knows. */
const INTERNAL = /(^[^.]+$|\.svc$|\.cluster\.local$|\.local$|\.internal$)/

export const publicIssuerNames: Rule = {
  id: 'public-issuer-names',
  meaning: 'A public certificate authority (ACME) is asked only for public names, and only for certificates of servers.',
  why: 'It cannot check a name within the cluster, and no longer gives certificates of clients.',
  severity: 'error',
  *check(tree) {
    for (const at of tree.of('cert-manager.io', 'Certificate')) {
      const reference = at.get('spec', 'issuerRef')
      const kind = reference.get('kind').text ?? 'Issuer'
      const issuer = tree.find({
        group: 'cert-manager.io',
        kind,
        name: reference.get('name').text ?? '',
        ...(kind === 'Issuer' && { namespace: namespaceOf(at) }),
      })
      if (!issuer?.get('spec', 'acme').exists) continue
      for (const name of at.get('spec', 'dnsNames').items) {
        if (name.text !== undefined && INTERNAL.test(name.text))
          yield name.problem(
            `"${name.text}" is known only within the cluster, and ${kind} ${reference.get('name').text} is a public authority`,
            'Use an issuer with a certificate authority of your own: spec.ca.',
          )
      }
      for (const usage of at.get('spec', 'usages').items)
        if (usage.text === 'client auth')
          yield usage.problem('public authorities give no certificates of clients', 'Use an issuer with a certificate authority of your own: spec.ca.')
    }
  },
}

import type { Cursor } from '../cursor.ts'
import { missing, resolves } from '../missing.ts'
import { namespaceOf } from '../object-names.ts'
import { producedSecrets } from '../produced.ts'
import type { Rule } from '../rule.ts'
import type { Tree } from '../tree.ts'

const GROUP = 'cert-manager.io'
const ANNOTATIONS = { 'cert-manager.io/issuer': 'Issuer', 'cert-manager.io/cluster-issuer': 'ClusterIssuer' } as const

export const issuerReference: Rule = {
  id: 'issuer-reference',
  meaning: 'The issuer of every certificate is there, and the secret that a certificate authority signs with is made by something.',
  why: 'The certificate is never issued, and whoever mounts it never starts.',
  severity: 'error',
  *check(tree) {
    for (const at of tree.of(GROUP, 'Certificate')) {
      const reference = at.get('spec', 'issuerRef')
      const group = reference.get('group').text ?? GROUP
      const kind = reference.get('kind').text ?? 'Issuer'
      if (group === GROUP) yield* resolves(tree, reference.get('name'), { group, kind, ...(kind === 'Issuer' && { namespace: namespaceOf(at) }) })
    }
    for (const at of [...tree.of('networking.k8s.io', 'Ingress'), ...tree.of('gateway.networking.k8s.io', 'Gateway')]) {
      for (const [annotation, kind] of Object.entries(ANNOTATIONS)) {
        yield* resolves(tree, at.get('metadata', 'annotations', annotation), { group: GROUP, kind, ...(kind === 'Issuer' && { namespace: namespaceOf(at) }) })
      }
    }
    yield* authorities(tree)
  },
}

/** Where cert-manager looks for the secrets of cluster issuers is one of its own flags: any namespace will do. */
function* authorities(tree: Tree): ReturnType<Rule['check']> {
  const names = new Set([...producedSecrets(tree).keys()].map((key) => key.slice(key.indexOf('/') + 1)))
  for (const name of tree.of(GROUP, 'ClusterIssuer').map((at): Cursor => at.get('spec', 'ca', 'secretName'))) {
    if (name.text !== undefined && !names.has(name.text)) yield missing(name, 'Secret', [...names])
  }
}

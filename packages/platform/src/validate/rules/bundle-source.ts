import { missing } from '../missing.ts'
import { producedConfigMaps, producedSecrets, type Produced } from '../produced.ts'
import type { Rule } from '../rule.ts'

/** trust-manager's own namespace is one of its flags: any will do. */
function names(produced: Produced): string[] {
  return [...produced.keys()].map((key) => key.slice(key.indexOf('/') + 1))
}

export const bundleSource: Rule = {
  id: 'bundle-source',
  meaning: 'Every Secret and ConfigMap that a trust bundle is made of is there.',
  why: 'trust-manager writes no bundle, and nobody can check a certificate.',
  severity: 'error',
  *check(tree) {
    const known = { secret: names(producedSecrets(tree)), configMap: names(producedConfigMaps(tree)) }
    for (const source of tree.of('trust.cert-manager.io', 'Bundle').flatMap((at) => at.get('spec', 'sources').items)) {
      for (const [kind, shown] of [
        ['secret', 'Secret'],
        ['configMap', 'ConfigMap'],
      ] as const) {
        const name = source.get(kind, 'name')
        if (name.text !== undefined && !known[kind].includes(name.text)) yield missing(name, shown, known[kind])
      }
    }
  },
}

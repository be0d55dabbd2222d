import type { Cursor } from '../cursor.ts'
import { resolves } from '../missing.ts'
import { namespaceOf } from '../object-names.ts'
import type { Rule } from '../rule.ts'

const GROUP = 'external-secrets.io'

function storesOf(at: Cursor): Cursor[] {
  const spec = at.get('spec')
  return [spec.get('secretStoreRef'), ...spec.get('secretStoreRefs').items, ...spec.get('data').items.map((each) => each.get('sourceRef', 'storeRef'))]
}

export const secretStoreReference: Rule = {
  id: 'secret-store-reference',
  meaning: 'The store or generator of every ExternalSecret and PushSecret is there.',
  why: 'The secret is never made, and whoever reads it never starts.',
  severity: 'error',
  *check(tree) {
    for (const at of [...tree.of(GROUP, 'ExternalSecret'), ...tree.of(GROUP, 'PushSecret')]) {
      const namespace = namespaceOf(at)
      for (const store of storesOf(at)) {
        const kind = store.get('kind').text ?? 'SecretStore'
        yield* resolves(tree, store.get('name'), { group: GROUP, kind, ...(kind === 'SecretStore' && { namespace }) })
      }
      for (const generator of at.get('spec', 'dataFrom').items.map((each) => each.get('sourceRef', 'generatorRef'))) {
        const kind = generator.get('kind').text ?? ''
        yield* resolves(tree, generator.get('name'), { group: `generators.${GROUP}`, kind, ...(kind !== 'ClusterGenerator' && { namespace }) })
      }
    }
  },
}

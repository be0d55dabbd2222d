import { resolves } from '../missing.ts'
import type { Rule } from '../rule.ts'

export const serviceAccountReference: Rule = {
  id: 'service-account-reference',
  meaning: 'The ServiceAccount of every pod is there.',
  why: 'Its controller cannot make the pod: "serviceaccount not found".',
  severity: 'error',
  *check(tree) {
    for (const { spec, namespace } of tree.pods) {
      const name = spec.get('serviceAccountName')
      if (name.text !== 'default') yield* resolves(tree, name, { group: '', kind: 'ServiceAccount', namespace })
    }
  },
}

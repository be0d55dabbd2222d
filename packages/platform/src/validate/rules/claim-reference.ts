import { resolves } from '../missing.ts'
import type { Rule } from '../rule.ts'

export const claimReference: Rule = {
  id: 'claim-reference',
  meaning: 'Every PersistentVolumeClaim that a pod mounts is there.',
  why: 'The pod stays Pending.',
  severity: 'error',
  *check(tree) {
    for (const { spec, namespace } of tree.pods) {
      for (const volume of spec.get('volumes').items)
        yield* resolves(tree, volume.get('persistentVolumeClaim', 'claimName'), { group: '', kind: 'PersistentVolumeClaim', namespace })
    }
  },
}

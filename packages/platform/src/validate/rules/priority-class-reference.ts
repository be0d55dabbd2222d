import { resolves } from '../missing.ts'
import type { Rule } from '../rule.ts'

export const priorityClassReference: Rule = {
  id: 'priority-class-reference',
  meaning: 'The PriorityClass of every pod is there.',
  why: 'The API server refuses the pod.',
  severity: 'error',
  *check(tree) {
    for (const { spec } of tree.pods) {
      const name = spec.get('priorityClassName')
      if (!name.text?.startsWith('system-')) yield* resolves(tree, name, { group: 'scheduling.k8s.io', kind: 'PriorityClass' })
    }
  },
}

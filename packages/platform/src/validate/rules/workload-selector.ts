import type { Rule } from '../rule.ts'
import { selectorOf } from '../selectors.ts'

const KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'] as const

export const workloadSelector: Rule = {
  id: 'workload-selector',
  meaning: 'The selector of a Deployment, StatefulSet or DaemonSet selects its own pods.',
  why: 'The API server refuses it.',
  severity: 'error',
  *check(tree) {
    for (const at of KINDS.flatMap((kind) => tree.of('apps', kind))) {
      const selector = at.get('spec', 'selector')
      const labels = at.get('spec', 'template', 'metadata', 'labels')
      if (selector.exists && !selectorOf(selector)(labels.labels ?? {}))
        yield selector.problem('does not select the pods of its own template', 'Give the template every label of the selector, with the same value.')
    }
  },
}

import { kindOf, nameOf } from '../object-names.ts'
import { scalersOf } from '../replicas.ts'
import type { Rule } from '../rule.ts'

export const replicasAndAutoscaler: Rule = {
  id: 'replicas-and-autoscaler',
  meaning: 'Either a number of copies is written, or one autoscaler sets it.',
  why: 'Each time the tree is applied, the number jumps to what is written, and back. Two autoscalers fight for ever.',
  severity: 'error',
  *check(tree) {
    for (const { owner } of tree.pods) {
      const scalers = scalersOf(tree, owner)
      const replicas = owner.get('spec', 'replicas')
      const shown = scalers.map((at) => `${kindOf(at)} ${nameOf(at)}`)
      if (scalers.length > 0 && replicas.exists) yield replicas.problem(`is written, and ${shown.join(' and ')} sets it, too`, 'Leave it out.')
      for (const second of scalers.slice(1)) yield second.get('spec', 'scaleTargetRef', 'name').problem(`${nameOf(owner)} is scaled by ${shown[0]} already`)
    }
  },
}

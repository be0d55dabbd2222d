import type { Cursor } from '../cursor.ts'
import { namespaceOf } from '../object-names.ts'
import { fewestReplicas } from '../replicas.ts'
import type { Rule } from '../rule.ts'
import { selectorOf } from '../selectors.ts'

/** How many of the copies a number or a share of them is. */
function count(at: Cursor, replicas: number): number | undefined {
  const share = /^(\d+)%$/.exec(at.text ?? '')?.[1]
  return share === undefined ? at.number : Math.ceil((Number(share) * replicas) / 100)
}

export const disruptionBudget: Rule = {
  id: 'disruption-budget',
  meaning: 'A PodDisruptionBudget lets at least one pod go, and says so in one way.',
  why: 'A node with such a pod can never be emptied: upgrades of the cluster stand still.',
  severity: 'error',
  *check(tree) {
    for (const budget of tree.of('policy', 'PodDisruptionBudget')) {
      const [least, most] = [budget.get('spec', 'minAvailable'), budget.get('spec', 'maxUnavailable')]
      if (least.exists && most.exists) yield most.problem('stands beside minAvailable; only one of them is allowed')
      if (!least.exists && !most.exists) yield budget.get('spec').problem('has neither minAvailable nor maxUnavailable', 'Write maxUnavailable: 1.')
      if (most.exists && count(most, 100) === 0) yield most.problem('lets no pod go', 'Write 1.')
      for (const pods of least.exists && !most.exists ? tree.select(namespaceOf(budget), selectorOf(budget.get('spec', 'selector'))) : []) {
        const replicas = fewestReplicas(tree, pods.owner)
        if ((count(least, replicas) ?? 0) >= replicas) yield least.problem(`lets no pod go: there may be only ${replicas}`, 'Write maxUnavailable: 1 instead.')
      }
    }
  },
}

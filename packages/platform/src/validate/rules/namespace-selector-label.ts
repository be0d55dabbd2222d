import type { Rule } from '../rule.ts'

const NAME_LABEL = 'kubernetes.io/metadata.name'

export const namespaceSelectorLabel: Rule = {
  id: 'namespace-selector-label',
  meaning: `A network policy selects namespaces by the label ${NAME_LABEL}.`,
  why: 'Every namespace has it, and nobody can change it. Any other label may be missing, so that the policy silently allows nothing, or be given by somebody.',
  severity: 'error',
  *check(tree) {
    for (const policy of tree.of('networking.k8s.io', 'NetworkPolicy')) {
      const rules = [
        ...policy.get('spec', 'ingress').items.map((rule) => rule.get('from')),
        ...policy.get('spec', 'egress').items.map((rule) => rule.get('to')),
      ]
      for (const selector of rules.flatMap((peers) => peers.items.map((peer) => peer.get('namespaceSelector')))) {
        const expressions = selector.get('matchExpressions').items.map((each) => each.get('key'))
        const labels = selector.get('matchLabels').entries.map(([key, at]) => ({ key, at }))
        for (const { key, at } of [...labels, ...expressions.map((each) => ({ key: each.text ?? '', at: each }))]) {
          if (key !== NAME_LABEL) yield at.problem(`selects namespaces by "${key}"; allowed: ${NAME_LABEL}`, `Write ${NAME_LABEL}: <the namespace’s name>.`)
        }
      }
    }
  },
}

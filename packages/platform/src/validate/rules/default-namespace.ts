import type { Rule } from '../rule.ts'

export const defaultNamespace: Rule = {
  id: 'default-namespace',
  meaning: 'Whatever starts pods names a namespace, and not "default".',
  why: 'Where it lands depends on who applies it. Policies, quotas and levels of security belong to a namespace, and "default" has none.',
  severity: 'error',
  *check({ pods }) {
    for (const { owner } of pods) {
      const namespace = owner.get('metadata', 'namespace')
      if (!namespace.exists || namespace.text === 'default') yield namespace.problem(namespace.exists ? 'must not be "default"' : 'is missing')
    }
  },
}

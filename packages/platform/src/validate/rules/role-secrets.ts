import type { Rule } from '../rule.ts'

const READS = new Set(['get', 'list', 'watch', '*'])

export const roleSecrets: Rule = {
  id: 'role-secrets',
  meaning: 'A role that may read or write Secrets names them, and no role may do everything.',
  why: 'Whoever has it has every password of the namespace.',
  severity: 'warning',
  *check(tree) {
    for (const rule of [...tree.of('rbac.authorization.k8s.io', 'Role'), ...tree.of('rbac.authorization.k8s.io', 'ClusterRole')].flatMap(
      (at) => at.get('rules').items,
    )) {
      const resources = rule.get('resources').items
      const verbs = rule.get('verbs').items
      const secrets = resources.find(({ value }) => value === 'secrets')
      for (const each of [...resources, ...verbs]) if (each.value === '*') yield each.problem('"*" allows everything', 'Name what is needed.')
      if (secrets && verbs.some(({ text }) => READS.has(text ?? '') && text !== '*') && rule.get('resourceNames').items.length === 0)
        yield secrets.problem('every Secret of the namespace may be read', 'Name them in resourceNames.')
    }
  },
}

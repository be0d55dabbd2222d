import { nameOf, namespaceOf } from '../object-names.ts'
import { resolves } from '../missing.ts'
import type { Rule } from '../rule.ts'
import type { Tree } from '../tree.ts'

const GROUP = 'rbac.authorization.k8s.io'
/** Roles of Kubernetes itself, and of others’ charts. */
const BUILT_IN = /^(system:|cluster-admin$|admin$|edit$|view$)/

export const roleBinding: Rule = {
  id: 'role-binding',
  meaning: 'Every Role is bound to somebody, and every binding has its role and its ServiceAccount.',
  why: 'A role that nobody has gives no rights, and a binding to nothing gives none either: the program gets "forbidden".',
  severity: 'error',
  *check(tree) {
    const bindings = [...tree.of(GROUP, 'RoleBinding'), ...tree.of(GROUP, 'ClusterRoleBinding')]
    for (const binding of bindings) {
      const [kind, name] = [binding.get('roleRef', 'kind').text ?? '', binding.get('roleRef', 'name')]
      if (!BUILT_IN.test(name.text ?? '')) yield* resolves(tree, name, { group: GROUP, kind, ...(kind === 'Role' && { namespace: namespaceOf(binding) }) })
      for (const subject of binding.get('subjects').items) {
        const namespace = subject.get('namespace').text ?? namespaceOf(binding)
        if (subject.get('kind').text === 'ServiceAccount' && subject.get('name').text !== 'default')
          yield* resolves(tree, subject.get('name'), { group: '', kind: 'ServiceAccount', namespace })
      }
    }
    yield* unbound(tree, bindings)
  },
}

function* unbound(tree: Tree, bindings: readonly ReturnType<Tree['of']>[number][]): ReturnType<Rule['check']> {
  for (const role of tree.of(GROUP, 'Role')) {
    const isBound = bindings.some(
      (binding) =>
        binding.get('roleRef', 'kind').text === 'Role' && binding.get('roleRef', 'name').text === nameOf(role) && namespaceOf(binding) === namespaceOf(role),
    )
    if (!isBound) yield role.get('metadata', 'name').problem('no RoleBinding gives this role to anybody')
  }
}

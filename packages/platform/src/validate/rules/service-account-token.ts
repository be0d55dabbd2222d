import { nameOf } from '../object-names.ts'
import type { Rule } from '../rule.ts'
import type { Tree } from '../tree.ts'

/** Service accounts that may do something: their pods call the API server. */
function bound(tree: Tree): Set<string> {
  const bindings = ['RoleBinding', 'ClusterRoleBinding'].flatMap((kind) => tree.of('rbac.authorization.k8s.io', kind))
  const subjects = bindings.flatMap((binding) =>
    binding
      .get('subjects')
      .items.map((subject) => `${subject.get('namespace').text ?? binding.get('metadata', 'namespace').text ?? ''}/${subject.get('name').text}`),
  )
  return new Set(subjects)
}

export const serviceAccountToken: Rule = {
  id: 'service-account-token',
  meaning: 'A pod whose ServiceAccount may do nothing gets no token of it.',
  why: 'The token is of no use to the program, and of some to whoever gets into it.',
  severity: 'warning',
  *check(tree) {
    const mayDoSomething = bound(tree)
    for (const { spec, namespace } of tree.pods) {
      const account = spec.get('serviceAccountName').text ?? 'default'
      const object = tree.of('', 'ServiceAccount').find((at) => nameOf(at) === account && at.get('metadata', 'namespace').text === namespace)
      const mounted = spec.get('automountServiceAccountToken').value ?? object?.get('automountServiceAccountToken').value ?? true
      if (mounted === true && !mayDoSomething.has(`${namespace}/${account}`))
        yield spec.get('automountServiceAccountToken').problem('must be false: no role is bound to the ServiceAccount')
    }
  },
}

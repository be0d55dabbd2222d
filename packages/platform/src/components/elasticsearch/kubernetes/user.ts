import type { AdapterSecret } from '../../../targets/kubernetes/adapter.ts'
import { USER, USER_SECRET } from '../names.ts'
import { NAMESPACE } from './names.ts'

/**
 * Temporal's user, and a role for it: everything in the index, and the cluster's own settings, templates and snapshots, which its jobs make. It makes no
 * users, and reads nothing else. The file is JSON, which is YAML.
 */
export function userSecret(index: string): AdapterSecret {
  const role = { cluster: ['manage'], indices: [{ names: [`${index}*`], privileges: ['all'] }] }
  return {
    name: USER_SECRET,
    namespace: NAMESPACE,
    form: { type: 'kubernetes.io/basic-auth', fixed: { username: USER, roles: USER, 'roles.yml': JSON.stringify({ [USER]: role }) } },
  }
}

import type { Cursor } from '../cursor.ts'
import { policiesOf } from '../network/policies.ts'
import { nameOf } from '../object-names.ts'
import type { Rule } from '../rule.ts'

const DNS_PORT = 53

function allowsDns(policy: Cursor): boolean {
  return policy.get('spec', 'egress').items.some((rule) => {
    const ports = rule.get('ports')
    return !ports.exists || ports.items.some((each) => each.get('protocol').text === 'UDP' && (each.get('port').value === DNS_PORT || !each.get('port').exists))
  })
}

export const networkPolicyDns: Rule = {
  id: 'network-policy-dns',
  meaning: 'Pods that may call only what policies allow may ask for names: UDP port 53.',
  why: 'Nobody finds anybody: every connection fails with "no such host".',
  severity: 'error',
  *check(tree) {
    for (const pods of tree.pods) {
      const policies = policiesOf(tree, pods, 'Egress')
      if (policies.length === 0 || policies.some((policy) => allowsDns(policy))) continue
      yield pods.spec.problem(
        `its network policies (${policies.map((policy) => nameOf(policy)).join(', ')}) let it ask no name server`,
        'Allow egress to kube-system on UDP and TCP port 53.',
      )
    }
  },
}

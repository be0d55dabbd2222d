import { dialled } from '../dialled.ts'
import { isAllowed, policiesOf, type Direction } from '../network/policies.ts'
import { nameOf } from '../object-names.ts'
import type { Rule } from '../rule.ts'

export const networkPolicyAllows: Rule = {
  id: 'network-policy-allows',
  meaning: 'Network policies allow every connection that the variables, arguments and configuration of a pod tell it to make.',
  why: 'The connection hangs until it times out.',
  severity: 'error',
  *check(tree) {
    for (const { pods, at, host, port, to } of dialled(tree)) {
      const target = to.targetPort(port)
      if (target === undefined) continue
      for (const destination of to.pods) {
        for (const direction of ['Egress', 'Ingress'] satisfies Direction[]) {
          if (isAllowed(tree, { from: pods, to: destination, port: target }, direction)) continue
          const [subject, whose] = direction === 'Egress' ? [pods, 'its own network policies'] : [destination, `the network policies of ${to.namespace}`]
          const names = policiesOf(tree, subject, direction).map((policy) => nameOf(policy))
          yield at.problem(
            `calls ${host}:${port}, and ${whose} do not allow it (${names.join(', ')})`,
            `Allow ${direction === 'Egress' ? 'egress to' : 'ingress from'} ${direction === 'Egress' ? `the pods of ${to.name} in ${to.namespace}` : `these pods in ${pods.namespace}`}, port ${target}.`,
          )
        }
      }
    }
  },
}

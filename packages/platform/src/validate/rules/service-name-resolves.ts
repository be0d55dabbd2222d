import { nameOf, namespaceOf } from '../object-names.ts'
import { containersOf } from '../pods.ts'
import type { Rule } from '../rule.ts'
import { destinationOf } from '../services.ts'

const HOST_AND_PORT = /^(?:[a-z]+:\/\/)?([a-z][a-z0-9-]*):\d+(?:\/.*)?$/
const HOST_VARIABLE = /(HOST|ADDRESS|ENDPOINT|SERVER)$/
const HOST = /^[a-z][a-z0-9-]*$/

export const serviceNameResolves: Rule = {
  id: 'service-name-resolves',
  meaning: 'A Service that is named without a namespace is in the namespace of the pod that names it.',
  why: 'The name is looked up in the pod’s own namespace: "no such host".',
  severity: 'error',
  *check(tree) {
    for (const pods of tree.pods) {
      for (const variable of containersOf(pods).flatMap((container) => container.get('env').items)) {
        const value = variable.get('value')
        const alone = HOST_VARIABLE.test(variable.get('name').text ?? '') && HOST.test(value.text ?? '') ? value.text : undefined
        const host = HOST_AND_PORT.exec(value.text ?? '')?.[1] ?? alone
        if (host === undefined || destinationOf(tree, host, pods.namespace)) continue
        const [elsewhere] = tree.of('', 'Service').filter((service) => nameOf(service) === host)
        if (elsewhere)
          yield value.problem(
            `"${host}" is no Service in ${pods.namespace}; there is one in ${namespaceOf(elsewhere)}`,
            `Write ${host}.${namespaceOf(elsewhere)}.svc.`,
          )
      }
    }
  },
}

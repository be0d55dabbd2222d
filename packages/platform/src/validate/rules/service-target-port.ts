import { namespaceOf } from '../object-names.ts'
import { hasPort, portNames, portsOf } from '../pods.ts'
import type { Rule } from '../rule.ts'
import { matchLabels } from '../selectors.ts'

export const serviceTargetPort: Rule = {
  id: 'service-target-port',
  meaning: 'Every port of a Service leads to a port of its pods.',
  why: 'Connections are refused; with a name that no pod has, the Service has no endpoints.',
  severity: 'error',
  *check(tree) {
    for (const service of tree.of('', 'Service')) {
      const selector = service.get('spec', 'selector')
      if (!selector.exists) continue
      for (const pods of tree.select(namespaceOf(service), matchLabels(selector))) {
        const ports = portsOf(pods)
        for (const port of service.get('spec', 'ports').items) {
          const target = port.get('targetPort').exists ? port.get('targetPort') : port.get('port')
          if (!hasPort(ports, target.value))
            yield target.problem(`leads to ${String(target.value)}, and its pods have no such port; they have ${portNames(ports)}`)
        }
      }
    }
  },
}

import type { Cursor } from '../cursor.ts'
import { namespaceOf } from '../object-names.ts'
import { portNames, portsOf } from '../pods.ts'
import type { Problem, Rule } from '../rule.ts'
import { selectorOf } from '../selectors.ts'
import type { Tree } from '../tree.ts'

const GROUP = 'monitoring.coreos.com'

export const monitorPort: Rule = {
  id: 'monitor-port',
  meaning: 'Every port that a PodMonitor or ServiceMonitor scrapes is one, by name, of the pods or Services that it selects.',
  why: 'Nothing is scraped, and dashboards and alerts stay empty.',
  severity: 'error',
  *check(tree) {
    for (const monitor of tree.of(GROUP, 'PodMonitor')) {
      const pods = namespacesOf(monitor).flatMap((namespace) => tree.select(namespace, selectorOf(monitor.get('spec', 'selector'))))
      const ports = pods.flatMap((each) => portsOf(each))
      if (pods.length === 0) continue
      yield* unknownPorts(monitor.get('spec', 'podMetricsEndpoints'), ports, 'pods')
    }
    for (const monitor of tree.of(GROUP, 'ServiceMonitor')) {
      const services = selectedServices(monitor, tree)
      if (services.length === 0) continue
      const ports = services.flatMap((service) => service.get('spec', 'ports').items)
      yield* unknownPorts(monitor.get('spec', 'endpoints'), ports, 'Services')
    }
  },
}

function* unknownPorts(endpoints: Cursor, ports: readonly Cursor[], what: string): Iterable<Problem> {
  for (const port of endpoints.items.map((endpoint) => endpoint.get('port'))) {
    if (port.exists && !ports.some((each) => each.get('name').value === port.value))
      yield port.problem(`is "${String(port.value)}", and the ${what} have no port of that name; they have ${portNames(ports)}`)
  }
}

export function namespacesOf(monitor: Cursor): string[] {
  const names = monitor.get('spec', 'namespaceSelector', 'matchNames').items.flatMap((each) => each.text ?? [])
  return names.length > 0 ? names : [namespaceOf(monitor)]
}

export function selectedServices(monitor: Cursor, tree: Tree): Cursor[] {
  const selects = selectorOf(monitor.get('spec', 'selector'))
  const namespaces = namespacesOf(monitor)
  return tree.of('', 'Service').filter((service) => namespaces.includes(namespaceOf(service)) && selects(service.get('metadata', 'labels').labels ?? {}))
}

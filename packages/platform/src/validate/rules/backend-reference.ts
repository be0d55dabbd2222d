import { operatorServices } from '../charts.ts'
import type { Cursor } from '../cursor.ts'
import { resolves } from '../missing.ts'
import { namespaceOf } from '../object-names.ts'
import type { Rule } from '../rule.ts'
import type { Tree } from '../tree.ts'
import { ROUTES } from './gateway-reference.ts'

interface Backend {
  readonly namespace: string
  readonly name: Cursor
  readonly port: Cursor
}

function backends(tree: Tree): Backend[] {
  const routes = ROUTES.flatMap((kind) => tree.of('gateway.networking.k8s.io', kind))
  return [
    ...routes.flatMap((route) =>
      route.get('spec', 'rules').items.flatMap((rule) =>
        rule
          .get('backendRefs')
          .items.filter((at) => (at.get('kind').text ?? 'Service') === 'Service')
          .map((at) => ({ namespace: at.get('namespace').text ?? namespaceOf(route), name: at.get('name'), port: at.get('port') })),
      ),
    ),
    ...tree.of('networking.k8s.io', 'Ingress').flatMap((ingress) =>
      [
        ingress.get('spec', 'defaultBackend'),
        ...ingress.get('spec', 'rules').items.flatMap((rule) => rule.get('http', 'paths').items.map((path) => path.get('backend'))),
      ].map((backend) => {
        const port = backend.get('service', 'port')
        return { namespace: namespaceOf(ingress), name: backend.get('service', 'name'), port: port.get('name').exists ? port.get('name') : port.get('number') }
      }),
    ),
  ]
}

export const backendReference: Rule = {
  id: 'backend-reference',
  meaning: 'The Service behind every route and Ingress is there, and has the port.',
  why: 'Whoever calls gets 500 or 503.',
  severity: 'error',
  *check(tree) {
    for (const { namespace, name, port } of backends(tree)) {
      if (operatorServices(tree, namespace).has(name.text ?? '')) continue
      yield* resolves(tree, name, { group: '', kind: 'Service', namespace })
      const service = tree.find({ group: '', kind: 'Service', name: name.text ?? '', namespace })
      const ports = service?.get('spec', 'ports').items ?? []
      const has = ports.some((each) => (port.text === undefined ? each.get('port').value === port.value : each.get('name').value === port.text))
      if (service && port.exists && !has) {
        const known = ports.map((each) => [each.get('name').text, each.get('port').number].filter((part) => part !== undefined).join(' '))
        yield port.problem(`Service "${name.text}" has no port ${String(port.value)}; it has ${known.join(', ') || 'none'}`)
      }
    }
  },
}

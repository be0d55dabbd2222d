import { missing, resolves } from '../missing.ts'
import { namespaceOf } from '../object-names.ts'
import type { Rule } from '../rule.ts'

const GROUP = 'gateway.networking.k8s.io'
export const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const

export const gatewayReference: Rule = {
  id: 'gateway-reference',
  meaning: 'The Gateway of every route is there, and has the listener that the route names.',
  why: 'Nothing is routed, and nobody says so but the status of the route.',
  severity: 'error',
  *check(tree) {
    for (const route of ROUTES.flatMap((kind) => tree.of(GROUP, kind))) {
      for (const parent of route.get('spec', 'parentRefs').items) {
        if ((parent.get('kind').text ?? 'Gateway') !== 'Gateway') continue
        const namespace = parent.get('namespace').text ?? namespaceOf(route)
        yield* resolves(tree, parent.get('name'), { group: GROUP, kind: 'Gateway', namespace })
        const gateway = tree.find({ group: GROUP, kind: 'Gateway', name: parent.get('name').text ?? '', namespace })
        const section = parent.get('sectionName')
        const listeners = gateway?.get('spec', 'listeners').items.flatMap((listener) => listener.get('name').text ?? []) ?? []
        if (gateway && section.text !== undefined && !listeners.includes(section.text)) yield missing(section, `listener of this Gateway called`, listeners)
      }
    }
  },
}

import { ours, publicHost, type Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../object.ts'
import { publicCertificate } from './certificate.ts'
import { GATEWAY, GATEWAY_NAMESPACE, HTTP_LISTENER, listenerName, publicSecret, STRICT_TRANSPORT } from './names.ts'
import type { Route } from './routes.ts'

const API = 'gateway.networking.k8s.io/v1'

/** The gateway and its routes. A route stands beside its service and a certificate beside the gateway, so nobody has to be let into another namespace. */
export function gatewayObjects(routes: readonly Route[], cluster: Cluster): KubernetesObject[] {
  const opened = routes.filter(({ tls }) => tls === 'terminate')
  return [
    gateway(routes, cluster),
    redirect(opened, cluster),
    ...opened.flatMap((route) => [publicCertificate(route.name, cluster), httpRoute(route, cluster)]),
    ...routes.filter(({ tls }) => tls === 'passthrough').map((route) => tlsRoute(route, cluster)),
  ]
}

/** Traefik's pods listen above 1024, and its gateways name the ports of the pods; all others name those that the world sees. */
function listenerPorts({ settings }: Cluster): { readonly http: number; readonly https: number } {
  return settings.entry.className === 'traefik' ? { http: 8000, https: 8443 } : { http: 80, https: 443 }
}

function gateway(routes: readonly Route[], cluster: Cluster): KubernetesObject {
  const ports = listenerPorts(cluster)
  return ours(cluster, {
    apiVersion: API,
    kind: 'Gateway',
    metadata: { name: GATEWAY, namespace: GATEWAY_NAMESPACE },
    spec: {
      gatewayClassName: cluster.settings.entry.className,
      listeners: [
        { name: HTTP_LISTENER, port: ports.http, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } } },
        ...routes.map(({ name, namespace, tls }) => ({
          name: listenerName(name),
          port: ports.https,
          hostname: publicHost(cluster, name),
          ...(tls === 'terminate'
            ? { protocol: 'HTTPS', tls: { mode: 'Terminate', certificateRefs: [{ group: '', kind: 'Secret', name: publicSecret(name) }] } }
            : { protocol: 'TLS', tls: { mode: 'Passthrough' } }),
          // Nobody else takes the name.
          allowedRoutes: { namespaces: { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } } },
        })),
      ],
    },
  })
}

function redirect(routes: readonly Route[], cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: API,
    kind: 'HTTPRoute',
    metadata: { name: 'redirect', namespace: GATEWAY_NAMESPACE },
    spec: {
      parentRefs: [parent(HTTP_LISTENER)],
      hostnames: routes.map(({ name }) => publicHost(cluster, name)),
      rules: [{ matches: EVERY_PATH, filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', port: 443, statusCode: 301 } }] }],
    },
  })
}

function httpRoute(route: Route, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: API,
    kind: 'HTTPRoute',
    metadata: { name: route.name, namespace: route.namespace },
    spec: {
      parentRefs: [parent(listenerName(route.name))],
      hostnames: [publicHost(cluster, route.name)],
      rules: [
        {
          matches: EVERY_PATH,
          filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier: { set: [{ name: 'Strict-Transport-Security', value: STRICT_TRANSPORT }] } }],
          backendRefs: [backend(route)],
        },
      ],
    },
  })
}

/** By the name that a caller asks for: the certificates of both sides go through, and mean what they mean inside. */
function tlsRoute(route: Route, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: API,
    kind: 'TLSRoute',
    metadata: { name: route.name, namespace: route.namespace },
    spec: { parentRefs: [parent(listenerName(route.name))], hostnames: [publicHost(cluster, route.name)], rules: [{ backendRefs: [backend(route)] }] },
  })
}

// What the server would fill in is said, so that nothing differs afterwards.
const EVERY_PATH = [{ path: { type: 'PathPrefix', value: '/' } }] as const

function parent(sectionName: string): object {
  return { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: GATEWAY, namespace: GATEWAY_NAMESPACE, sectionName }
}

function backend({ service, port }: Route): object {
  return { group: '', kind: 'Service', name: service, port, weight: 1 }
}

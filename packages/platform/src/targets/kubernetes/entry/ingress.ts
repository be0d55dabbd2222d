import { ours, publicHost, type Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../object.ts'
import { publicIssuer, publicSecret } from './names.ts'
import type { Route } from './routes.ts'

/** By what a class is told to send everyone from http to https; Traefik's own installation does it for all. */
const REDIRECT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  traefik: { 'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure' },
  nginx: { 'nginx.org/redirect-to-https': 'true', 'nginx.org/hsts': 'true', 'nginx.org/hsts-max-age': '31536000', 'nginx.org/hsts-include-subdomains': 'true' },
  haproxy: { 'haproxy.org/ssl-redirect': 'true' },
}

/** An Ingress beside each service; cert-manager sees it, and brings the certificate to the same place. */
export function ingressObjects(routes: readonly Route[], cluster: Cluster): KubernetesObject[] {
  const { className } = cluster.settings.entry
  return routes.map(({ name, namespace, service, port }) => {
    const host = publicHost(cluster, name)
    return ours(cluster, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, namespace, annotations: { 'cert-manager.io/cluster-issuer': publicIssuer(cluster), ...REDIRECT[className] } },
      spec: {
        ingressClassName: className,
        tls: [{ hosts: [host], secretName: publicSecret(name) }],
        rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: service, port: { number: port } } } }] } }],
      },
    })
  })
}

import { ours, publicHost, type Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../object.ts'
import { GATEWAY_NAMESPACE, publicIssuer, publicSecret } from './names.ts'

/** One for each name: a name that is not there yet does not keep the others from theirs. */
export function publicCertificate(route: string, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: `public-${route}`, namespace: GATEWAY_NAMESPACE },
    spec: {
      secretName: publicSecret(route),
      dnsNames: [publicHost(cluster, route)],
      usages: ['digital signature', 'key encipherment', 'server auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: publicIssuer(cluster) },
    },
  })
}

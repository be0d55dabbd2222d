import { ours, type Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../object.ts'
import type { SystemCertificate } from '../system.ts'
import { issuerName, SYSTEMS_DOMAIN } from '../trust/names.ts'

const QUARTER = { duration: '2160h0m0s', renewBefore: '720h0m0s' } as const
/** For programs that read their certificate once and are better not replaced by themselves. */
const YEAR = { duration: '8760h0m0s', renewBefore: '1440h0m0s' } as const

/** A certificate of a system of the cluster, from a root of its own kind: it opens no door of Temporal. */
export function systemCertificate({ name, namespace, ...wanted }: SystemCertificate, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, namespace },
    spec: {
      secretName: name,
      ...(wanted.lasts === 'year' ? YEAR : QUARTER),
      commonName: wanted.dnsNames[0],
      dnsNames: wanted.dnsNames,
      ...(wanted.ipAddresses && { ipAddresses: wanted.ipAddresses }),
      usages: ['digital signature', 'key encipherment', ...wanted.usages.map((usage) => `${usage} auth`)],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuerName(cluster.plan.platform.name, SYSTEMS_DOMAIN) },
    },
  })
}

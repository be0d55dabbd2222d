import type { CertificateNeed, Workload } from '../../../model/workload.ts'
import { ours, type Cluster } from '../cluster.ts'
import { serviceHost } from '../directory.ts'
import { labelsOf } from '../labels.ts'
import { namespaceOf } from '../namespaces.ts'
import type { KubernetesObject } from '../object.ts'
import { certificateSecret, issuerName } from './names.ts'

/** A quarter of a year, renewed when a third is left: time enough to notice that it is not. */
const DURATION = '2160h0m0s'
const RENEW_BEFORE = '720h0m0s'

const USAGES = { server: 'server auth', client: 'client auth' } as const

type Names = Readonly<Record<string, readonly string[]>>

/** What has certificates: a workload, or a service that an operator runs. */
export interface CertificateOwner extends Pick<Workload, 'name' | 'component' | 'area' | 'ports' | 'certificates'> {
  /** Services by which callers reach it. @default one of its own name */
  readonly services?: readonly string[]
  /** Labels of the secret with the certificate, for operators that watch it. */
  readonly secretLabels?: Readonly<Record<string, string>>
}

/**
 * The leaf certificates of a party.
 * @param outside names that callers outside ask for, by certificate
 */
export function certificatesOf(owner: CertificateOwner, cluster: Cluster, outside: Names = {}): KubernetesObject[] {
  return owner.certificates.map((need) => leafCertificate({ ...owner, outside: outside[`${owner.name}-${need.domain}`] ?? [] }, need, cluster))
}

function leafCertificate(
  owner: CertificateOwner & { readonly outside: readonly string[] },
  { domain, usages }: CertificateNeed,
  cluster: Cluster,
): KubernetesObject {
  const namespace = namespaceOf(owner.area)
  const platform = cluster.plan.platform.name
  const served = Object.values(owner.ports).flatMap((port) => (port.tls?.domain === domain ? [port.tls.serverName] : []))
  return ours(cluster, {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: `${owner.name}-${domain}`, namespace, labels: labelsOf(owner, platform) },
    spec: {
      secretName: certificateSecret(owner.name, domain),
      ...(owner.secretLabels && { secretTemplate: { labels: owner.secretLabels } }),
      duration: DURATION,
      renewBefore: RENEW_BEFORE,
      commonName: owner.name,
      dnsNames: [...new Set([...served, ...(owner.services ?? [owner.name]).flatMap((name) => [name, ...hosts(name, namespace)]), ...owner.outside])],
      usages: ['digital signature', 'key encipherment', ...usages.map((usage) => USAGES[usage])],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuerName(platform, domain) },
    },
  })
}

/** The names that callers in other namespaces use, short and whole. */
function hosts(name: string, namespace: string): string[] {
  return [serviceHost(name, namespace), `${serviceHost(name, namespace)}.cluster.local`]
}

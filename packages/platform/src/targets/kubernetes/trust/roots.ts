import { ours, type Cluster } from '../cluster.ts'
import type { NamespaceName } from '../namespaces.ts'
import type { KubernetesObject } from '../object.ts'
import { CLUSTER_DOMAINS, issuerName, TRUST_LABEL, trustConfigMap, type ClusterDomain } from './names.ts'

/** Where cert-manager looks for the keys of cluster issuers, and trust-manager for roots. */
const ROOTS_NAMESPACE: NamespaceName = 'security'
/** Ten years, renewed a year before: leaf certificates are renewed by themselves, roots are a procedure. */
const ROOT_DURATION = '87600h0m0s'
const ROOT_RENEW_BEFORE = '8760h0m0s'

/** A root for each domain that has certificates, the issuer that signs with it, and the roots where they are trusted. */
export function roots(domains: ReadonlySet<ClusterDomain>, cluster: Cluster): KubernetesObject[] {
  const used = CLUSTER_DOMAINS.filter((domain) => domains.has(domain))
  if (used.length === 0) return []
  return [
    ours(cluster, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'ClusterIssuer',
      metadata: { name: selfSigned(cluster) },
      spec: { selfSigned: {} },
    }),
    ...used.flatMap((domain) => [root(domain, cluster), issuer(domain, cluster), bundle(domain, cluster)]),
  ]
}

const selfSigned = ({ plan }: Cluster): string => `${plan.platform.name}-self-signed`
const rootSecret = (platform: string, domain: ClusterDomain): string => `${platform}-${domain}-root`

function root(domain: ClusterDomain, cluster: Cluster): KubernetesObject {
  const platform = cluster.plan.platform.name
  return ours(cluster, {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: rootSecret(platform, domain), namespace: ROOTS_NAMESPACE },
    spec: {
      isCA: true,
      secretName: rootSecret(platform, domain),
      commonName: `${platform} ${domain}`,
      subject: { organizations: [platform] },
      duration: ROOT_DURATION,
      renewBefore: ROOT_RENEW_BEFORE,
      // With a new key, every leaf would be a stranger until it is renewed.
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Never' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: selfSigned(cluster) },
    },
  })
}

function issuer(domain: ClusterDomain, cluster: Cluster): KubernetesObject {
  const platform = cluster.plan.platform.name
  return ours(cluster, {
    apiVersion: 'cert-manager.io/v1',
    kind: 'ClusterIssuer',
    metadata: { name: issuerName(platform, domain) },
    spec: { ca: { secretName: rootSecret(platform, domain) } },
  })
}

function bundle(domain: ClusterDomain, cluster: Cluster): KubernetesObject {
  const platform = cluster.plan.platform.name
  return ours(cluster, {
    apiVersion: 'trust.cert-manager.io/v1alpha1',
    kind: 'Bundle',
    metadata: { name: trustConfigMap(domain) },
    spec: {
      sources: [{ secret: { name: rootSecret(platform, domain), key: 'tls.crt' } }],
      target: { configMap: { key: 'ca.crt' }, namespaceSelector: { matchLabels: { [TRUST_LABEL]: 'true' } } },
    },
  })
}

import { TRUST_DOMAINS } from '../../../model/values.ts'

/** The plan's domains, and the one of what only a cluster has: Vault, the logs' collector. */
export const CLUSTER_DOMAINS = [...TRUST_DOMAINS, 'systems'] as const
export type ClusterDomain = (typeof CLUSTER_DOMAINS)[number]
export const SYSTEMS_DOMAIN = 'systems' satisfies ClusterDomain

/** The secret with a workload's leaf certificate. */
export const certificateSecret = (workload: string, domain: ClusterDomain): string => `${workload}-${domain}-tls`
/** The roots of a domain, in every namespace that trusts it. */
export const trustConfigMap = (domain: ClusterDomain): string => `${domain}-ca`
/** The cluster issuer that signs leaf certificates of a domain. */
export const issuerName = (platform: string, domain: ClusterDomain): string => `${platform}-${domain}`
/** Namespaces with this label get the roots. */
export const TRUST_LABEL = 'sundial.dev/trust'

import type { TrustDomain } from '../../../model/values.ts'

/** The secret with a workload's leaf certificate. */
export const certificateSecret = (workload: string, domain: TrustDomain): string => `${workload}-${domain}-tls`
/** The roots of a domain, in every namespace that trusts it. */
export const trustConfigMap = (domain: TrustDomain): string => `${domain}-ca`
/** The cluster issuer that signs leaf certificates of a domain. */
export const issuerName = (platform: string, domain: TrustDomain): string => `${platform}-${domain}`
/** Namespaces with this label get the roots. */
export const TRUST_LABEL = 'sundial.dev/trust'

export { ensureCertificate } from './ensure-certificate.ts'
export { ensureCertificates } from './ensure-certificates.ts'
export { ensureTrustDomain, type TrustDomain } from './ensure-trust-domain.ts'

export { ensureCertificates } from './ensure-certificates.ts'

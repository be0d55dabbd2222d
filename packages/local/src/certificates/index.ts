export { ensureCertificates } from './ensure-certificates.ts'
export { keepFresh } from './keep-fresh.ts'

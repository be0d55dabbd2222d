import type { ProcessPlan } from '@sundial/platform/process'
import { ensureCertificate } from './ensure-certificate.ts'
import { ensureTrustDomain, type TrustDomain } from './ensure-trust-domain.ts'

/**
 * Every root and certificate of a plan, made where missing, replaced where it ends or is not as asked.
 * @returns the names of the certificates that were issued
 */
export async function issueCertificates(plan: Pick<ProcessPlan, 'trustDomains' | 'certificates'>, now = new Date()): Promise<readonly string[]> {
  const domains = new Map<string, TrustDomain>()
  const issued: string[] = []
  for (const domain of plan.trustDomains) domains.set(domain.name, await ensureTrustDomain(domain, now))
  for (const certificate of plan.certificates) {
    const domain = domains.get(certificate.domain)
    if (!domain) throw new Error(`certificate ${certificate.name} is of the trust domain ${certificate.domain}, which the plan does not define`)
    if ((await ensureCertificate(certificate, domain, now)).issued) issued.push(certificate.name)
  }
  return issued
}

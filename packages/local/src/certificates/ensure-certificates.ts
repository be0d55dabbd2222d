import type { ProcessPlan } from '@sundial/platform/process'
import { ensureCertificate } from './ensure-certificate.ts'
import { ensureTrustDomain, type TrustDomain } from './ensure-trust-domain.ts'

/** Every root and certificate of a plan, made where missing, replaced where it ends or is not as asked. */
export async function ensureCertificates(plan: Pick<ProcessPlan, 'trustDomains' | 'certificates'>): Promise<void> {
  const domains = new Map<string, TrustDomain>()
  for (const domain of plan.trustDomains) domains.set(domain.name, await ensureTrustDomain(domain))
  for (const certificate of plan.certificates) {
    const domain = domains.get(certificate.domain)
    if (!domain) throw new Error(`certificate ${certificate.name} is of the trust domain ${certificate.domain}, which the plan does not define`)
    await ensureCertificate(certificate, domain)
  }
}

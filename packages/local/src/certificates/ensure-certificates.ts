import type { ProcessPlan } from '@sundial/platform/process'
import { isAsChecked, recordChecked } from './checked.ts'

/**
 * Every root and certificate of a plan, made where missing, replaced where it ends or is not as asked. When nothing has changed since all of
 * them were good, that is seen by their hashes, without what reads and makes certificates: loading that takes longer than the rest.
 * @returns the names of the certificates that were issued
 */
export async function ensureCertificates(plan: Pick<ProcessPlan, 'trustDomains' | 'certificates'>, now = new Date()): Promise<readonly string[]> {
  if (await isAsChecked(plan, now)) return []
  const { issueCertificates } = await import('./issue-certificates.ts')
  const issued = await issueCertificates(plan, now)
  await recordChecked(plan)
  return issued
}

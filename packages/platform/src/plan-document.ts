import { contractManifest } from '@sundial/contract'
import type { Plan } from './model/plan.ts'

/** The plan as plain data, for programs: contracts are described by JSON Schemas. */
export function planDocument(plan: Plan): object {
  const applications = Object.entries(plan.platform.applications).map(
    ([name, application]) => [name, { ...application, contract: contractManifest(application.contract) }] as const,
  )
  return { ...plan, platform: { ...plan.platform, applications: Object.fromEntries(applications) } }
}

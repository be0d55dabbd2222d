import type { DeepPartial, PlatformInput, PlatformSettingsInput } from '../model/input.ts'
import type { Plan } from '../model/plan.ts'
import { resolvePlatform } from '../model/platform.ts'
import { makePlan } from '../plan.ts'
import { processPorts, renderProcesses } from '../render.ts'
import type { ProcessPlan } from '../targets/process/process-plan.ts'
import { input } from './platform.ts'

type Overlay = DeepPartial<PlatformSettingsInput>
const { identity: _identity, ...withoutPeople } = input
/** Without people, who are none of an external provider's. */
export const common = withoutPeople

/** The test platform, in an environment with these settings laid over it. */
export function planWith(production: Overlay): Plan {
  return makePlan(resolvePlatform({ ...common, environments: { production } } satisfies PlatformInput, 'production'))
}

export function render(plan: Plan): ProcessPlan {
  const ports = Object.fromEntries(processPorts(plan).map(({ key, preferred }) => [key, preferred]))
  return renderProcesses(plan, { projectFolder: '/project', stateFolder: '/state', ports, resolveModule: (specifier) => `/modules/${specifier}.js` })
}

export const processOf = (plan: ProcessPlan, name: string) => plan.processes.find((candidate) => candidate.name === name)!
export const envOf = (plan: ProcessPlan, name: string) => processOf(plan, name).env
export const given = ({ givenSecrets }: ProcessPlan) => givenSecrets.map(({ path }) => path.replace('/state/secrets/', ''))

export const postgresql = { external: { host: 'db.example.com', databases: { shop: { name: 'shop_live', user: 'shop_app' } } } }
export const temporal = { external: { address: 'temporal.example.com:7233', tls: { clientCertificate: true } } } as const
export const elasticsearch = { external: { host: 'search.example.com' } }
export const identity = { external: { issuer: 'https://login.example.com/realms/sundial', jwksUrl: 'https://keys.example.com/certs' } }
export const webUi = { external: { url: 'https://temporal.example.com' } }

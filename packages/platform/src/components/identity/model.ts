import { externalUrlPort } from '../../model/external.ts'
import { joinPath, unknownName, type Diagnostic } from '../../model/diagnostics.ts'
import type { ExternalService, ManagedService } from '../../model/parties.ts'
import type { Plan } from '../../model/plan.ts'
import type { Platform } from '../../model/platform.ts'
import { configFile } from '../../model/values.ts'
import { workload, type Component, type Contribution } from '../component.ts'
import { IDENTITY, issuer as issuerUrl, ISSUER_CALL, keys, SIGNING_SECRET, userSecret } from './names.ts'

export const identity: Component = {
  name: IDENTITY,
  contribute(platform) {
    const { external, users } = platform.identity
    if (external) return externalContribution(platform, external)
    const people = Object.keys(users).map((name) => ({ name: userSecret(name), keys: { password: 'password' as const } }))
    return { parties: [managedService], secrets: [{ name: SIGNING_SECRET, keys: { jwk: 'signing-key', cookies: 'password' } }, ...people] }
  },
}

/** Checks a provider that others run. */
const CHECK_JOB = 'identity-check'

const managedService: ManagedService = {
  kind: 'managed',
  name: IDENTITY,
  component: IDENTITY,
  area: 'identity',
  description: 'OpenID Connect provider: logs people in, gives programs their tokens',
  ports: { http: { number: 8180, protocol: 'http', public: true, publicName: 'auth' } },
  certificates: [],
}

/** People and clients are made by those who run the provider. */
function externalContribution(platform: Platform, { issuer, jwksUrl }: NonNullable<Platform['identity']['external']>): Contribution {
  const service: ExternalService = {
    kind: 'external',
    name: IDENTITY,
    component: IDENTITY,
    area: 'outside',
    description: 'OpenID Connect provider: logs people in, gives programs their tokens; run by others',
    ports: {
      http: { ...externalUrlPort(issuer), public: true },
      ...(jwksUrl !== undefined && { keys: externalUrlPort(jwksUrl) }),
    },
    checkedBy: CHECK_JOB,
  }
  const check = workload({
    name: CHECK_JOB,
    component: IDENTITY,
    area: 'identity',
    runs: 'job',
    description: 'Checks that the identity provider is there, and is the one that is meant',
    program: { kind: 'node', module: '@sundial/operations/identity-check' },
    args: [configFile('check.json')],
    files: { 'check.json': { format: 'json', content: { issuer: issuerUrl, ...(jwksUrl !== undefined && { jwksUrl: keys(platform).url }) } } },
    calls: [ISSUER_CALL, ...(jwksUrl === undefined ? [] : [keys(platform).call])],
  })
  return { parties: [service, check], check: checkExternal }
}

function checkExternal({ platform, clients }: Plan): Diagnostic[] {
  const { external } = platform.identity
  if (!external) return []
  const { issuer, jwksUrl } = external
  const isMissing = !platform.temporal.external && jwksUrl === undefined
  const known = clients.map(({ id }) => id)
  return [
    ...(isMissing
      ? [
          {
            path: 'identity.external.jwksUrl',
            message: 'is missing: Temporal’s server, which runs here, does not discover where the keys are',
            hint: `it is "jwks_uri" in ${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
          },
        ]
      : []),
    ...Object.keys(external.clients)
      .filter((id) => !known.includes(id))
      .map((id) => unknownName(joinPath(['identity', 'external', 'clients', id]), id, { what: 'a client of this plan', known })),
  ]
}

import { bindHost, configFile, listen, secretFile } from '../../model/values.ts'
import type { ConfigTree } from '../../model/workload.ts'
import type { Plan } from '../../model/plan.ts'
import type { ProcessAdapter } from '../../targets/process/adapter.ts'
import { workload } from '../component.ts'
import { IDENTITY, issuer, SIGNING_SECRET, userSecret, WEB_SCOPES } from './names.ts'

const SCOPES = { service: ['permissions'], web: WEB_SCOPES } as const

/** On a laptop a small provider of our own program: the same tokens as in production, people from the configuration. */
export const identityProcesses: ProcessAdapter = {
  service: IDENTITY,
  adapt(service, plan) {
    const provider = workload({
      name: IDENTITY,
      component: IDENTITY,
      area: service.area,
      description: service.description,
      program: { kind: 'node', module: '@sundial/local/identity-provider' },
      args: [configFile('identity-provider.json')],
      files: { 'identity-provider.json': { format: 'json', content: configuration(plan) } },
      ports: service.ports,
      ready: { kind: 'http', port: 'http', path: '/healthz' },
    })
    return { workloads: [provider], ready: { party: IDENTITY, until: 'ready' } }
  },
}

function configuration({ platform, clients }: Plan): ConfigTree {
  return {
    issuer,
    listen: { host: bindHost, port: listen('http', 'port') },
    signingKeyFile: secretFile(SIGNING_SECRET, 'jwk'),
    sessionsFile: configFile('sessions.json'),
    cookieSecretFile: secretFile(SIGNING_SECRET, 'cookies'),
    tokenLifetimeSeconds: platform.identity.tokenLifetimeSeconds,
    clients: clients.map(({ id, title, kind, audience, permissions, scopes, redirectUrls, secret }) => ({
      id,
      ...(title !== undefined && { name: title }),
      kind,
      audience,
      permissions,
      scopes: [...SCOPES[kind], ...scopes],
      redirectUris: redirectUrls,
      secretFile: secretFile(secret, 'client-secret'),
    })),
    users: Object.entries(platform.identity.users).map(([name, { email, permissions }]) => ({
      name,
      email,
      permissions,
      passwordFile: secretFile(userSecret(name), 'password'),
    })),
  }
}

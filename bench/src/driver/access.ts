import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLogger, createTokenSource, TemporalAccess, type AccessMaterial, type TemporalSettings } from '@sundial/runtime'

/** How a client reaches a contestant. */
export type Access =
  /** No encryption, no credentials. */
  | { readonly kind: 'plain'; readonly address: string }
  /** A platform of Sundial, by its folders: address, certificate and credentials appear there while it starts. */
  | { readonly kind: 'sundial'; readonly project: string; readonly stateRoot: string }

/** As whom the driver calls: the platform gives tokens to its own programs, and this one may do what the driver does. */
const IDENTITY = 'bench-worker'

/** Who may call the API. */
const API_CLIENT = 'bench-driver'

export const NAMESPACE = 'bench'

/** What it takes to connect now. Rejects while that is not there yet. */
export async function accessMaterial(access: Access): Promise<AccessMaterial> {
  const settings = access.kind === 'plain' ? plainSettings(access.address) : await platformSettings(access.project, access.stateRoot)
  return new TemporalAccess(settings, createLogger('driver', 'silent')).material()
}

/** How a program of the application's callers reaches its API. */
export async function apiAccess(access: Access): Promise<{ url: string; token: string }> {
  if (access.kind === 'plain') throw new Error('this contestant has no API')
  const { readStatus, stateFolder } = await import('@sundial/local')
  const state = stateFolder(access.project, 'development', access.stateRoot)
  const status = await readStatus(state)
  const port = (process: string) => status?.processes.find((one) => one.name === process)?.ports['http']
  const clientSecret = (await readFile(join(state.secrets, `client-${API_CLIENT}`, 'client-secret'), 'utf8')).trim()
  const tokens = createTokenSource({
    kind: 'client-credentials',
    issuer: `http://127.0.0.1:${port('identity')}`,
    clientId: API_CLIENT,
    clientSecret,
    scope: 'bench:write',
  })
  return { url: `http://127.0.0.1:${port('bench-api')}`, token: await tokens.token() }
}

function plainSettings(address: string): TemporalSettings {
  return { address, namespace: NAMESPACE, credentials: { kind: 'none' } }
}

async function platformSettings(project: string, stateRoot: string): Promise<TemporalSettings> {
  // Loaded only here: it is much, and no other contestant needs it.
  const { readStatus, stateFolder } = await import('@sundial/local')
  const state = stateFolder(project, 'development', stateRoot)
  const status = await readStatus(state)
  const port = (process: string, name: string) => status?.processes.find((one) => one.name === process)?.ports[name]
  const [frontend, identity] = [port('temporal-frontend', 'grpc'), port('identity', 'http')]
  if (frontend === undefined || identity === undefined) throw new Error('the platform has no ports yet')
  const certificate = (name: string) => join(state.certificates, name)
  return {
    address: `127.0.0.1:${frontend}`,
    namespace: NAMESPACE,
    tls: {
      serverName: 'temporal-frontend',
      serverRootCaFile: certificate('client-ca.crt'),
      clientCertFile: certificate(`${IDENTITY}/client.crt`),
      clientKeyFile: certificate(`${IDENTITY}/client.key`),
    },
    credentials: {
      kind: 'client-credentials',
      issuer: `http://127.0.0.1:${identity}`,
      clientId: IDENTITY,
      clientSecret: (await readFile(join(state.secrets, `client-${IDENTITY}`, 'client-secret'), 'utf8')).trim(),
      scope: 'permissions',
    },
  }
}

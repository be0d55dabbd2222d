import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../free-port.fixture.ts'
import type { IdentityProviderConfiguration } from './configuration.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

/** The secrets of the fixture, by file name. Characters that forms, headers and addresses treat specially are among them. */
export const SECRETS = {
  'orders-worker': 'worker secret+with&odd=%characters',
  'orders-caller': 'caller-secret-0123456789',
  temporal: 'temporal-ui-secret-0123456789',
  ada: 'correct horse + battery & staple',
  grace: 'grace-password-1',
  cookies: 'cookie-secret-0123456789',
} as const

/** An identity provider as a child process, in a folder of its own. */
export interface RunningProvider {
  readonly issuer: string
  readonly folder: string
  readonly configuration: IdentityProviderConfiguration
  /** Everything that it wrote to standard output and standard error. */
  output(): string
  start(): Promise<void>
  /** Ends it and gives its exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
  /** Ends it and removes its folder. */
  dispose(): Promise<void>
}

/** Where the Web UI of the fixture is called back. Nothing listens there. */
export const CALLBACK = 'http://127.0.0.1:8233/auth/sso/callback'

export async function createRunningProvider(): Promise<RunningProvider> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-idp-'))
  const port = await freePort()
  const issuer = `http://127.0.0.1:${port}`
  const configuration = writeConfiguration(folder, { issuer, port })
  let child: ChildProcess | undefined
  let output = ''
  const end = async (signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> => {
    if (child === undefined) return null
    const [code, ended] = await exitOf(child, signal)
    child = undefined
    return code ?? ended
  }
  return {
    issuer,
    folder,
    configuration,
    output: () => output,
    start: async () => {
      child = runMain([join(folder, 'configuration.json')])
      child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
      child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
      await listening(child, () => output)
    },
    end,
    dispose: async () => {
      await end('SIGKILL')
      rmSync(folder, { recursive: true })
    },
  }
}

/** Runs the program from its source. */
export function runMain(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Resolves when the process said that it listens since this call; rejects with its output when it ended. */
async function listening(child: ChildProcess, output: () => string): Promise<void> {
  const before = output().length
  const exited = once(child, 'exit')
  while (!output().slice(before).includes('"listening"')) {
    const next = await Promise.race([once(child.stdout!, 'data').then(() => 'data'), exited.then(() => 'exit')])
    if (next === 'exit') throw new Error(`the identity provider ended:\n${output()}`)
  }
}

async function exitOf(child: ChildProcess, signal: NodeJS.Signals): Promise<[number | null, NodeJS.Signals | null]> {
  if (child.exitCode !== null || child.signalCode !== null) return [child.exitCode, child.signalCode]
  child.kill(signal)
  return (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
}

function writeConfiguration(folder: string, at: { issuer: string; port: number }): IdentityProviderConfiguration {
  const path = (name: string): string => join(folder, name)
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  writeFileSync(path('key.json'), JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'first' }), { mode: 0o600 })
  for (const [name, secret] of Object.entries(SECRETS)) writeFileSync(path(name), secret, { mode: 0o600 })
  const service = { kind: 'service' as const, audience: 'temporal' }
  const configuration: IdentityProviderConfiguration = {
    issuer: at.issuer,
    listen: { host: '127.0.0.1', port: at.port },
    signingKeyFile: path('key.json'),
    cookieSecretFile: path('cookies'),
    sessionsFile: path('sessions.json'),
    tokenLifetimeSeconds: 300,
    clients: [
      { ...service, id: 'orders-worker', secretFile: path('orders-worker'), permissions: ['orders:write'], scopes: ['permissions'] },
      { ...service, id: 'orders-caller', secretFile: path('orders-caller'), audience: 'orders-api', scopes: ['orders:read', 'orders:write'] },
      {
        id: 'temporal',
        secretFile: path('temporal'),
        kind: 'web',
        redirectUris: [CALLBACK],
        audience: 'temporal',
        scopes: ['openid', 'profile', 'email', 'offline_access', 'permissions'],
      },
      {
        id: 'orders-pages',
        secretFile: path('temporal'),
        kind: 'web',
        redirectUris: [CALLBACK],
        audience: 'orders-api',
        scopes: ['openid', 'orders:read', 'orders:approve'],
      },
    ],
    users: [
      { name: 'ada', email: 'ada@example.test', passwordFile: path('ada'), permissions: ['temporal-system:read', 'orders:admin'], scopes: ['orders:read'] },
      { name: 'grace', email: 'grace@example.test', passwordFile: path('grace'), permissions: ['orders:read'] },
    ],
  }
  writeFileSync(path('configuration.json'), JSON.stringify(configuration))
  return configuration
}

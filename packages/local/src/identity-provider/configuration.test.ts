import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRunningProvider, runMain } from './identity-provider.fixture.ts'
import type { RunningProvider } from './identity-provider.fixture.ts'
import { readConfiguration } from './read-configuration.ts'

let valid: RunningProvider
let folder: string
beforeAll(async () => {
  valid = await createRunningProvider()
  folder = mkdtempSync(join(tmpdir(), 'sundial-idp-bad-'))
})
afterAll(async () => {
  await valid.dispose()
  rmSync(folder, { recursive: true })
})

type Change = (configuration: Record<string, any>) => void

/** The problems of the valid configuration after a change. */
function problemsOf(change: Change): readonly string[] {
  const file = join(folder, 'configuration.json')
  const configuration = structuredClone(valid.configuration) as Record<string, any>
  change(configuration)
  writeFileSync(file, JSON.stringify(configuration))
  try {
    readConfiguration(file)
    return []
  } catch (error) {
    return (error as { problems: readonly string[] }).problems
  }
}

function fileWith(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

test('the valid configuration has no problem', () => {
  expect(problemsOf(() => undefined)).toEqual([])
})

test.each<[string, Change, string]>([
  ['an issuer elsewhere', (c) => (c.issuer = 'http://example.test'), 'issuer: "http://example.test" must be http:// and a loopback host'],
  ['an issuer with a path', (c) => (c.issuer = 'http://127.0.0.1:1/'), 'issuer: "http://127.0.0.1:1/" must be an origin only: http://127.0.0.1:1'],
  ['listening for others', (c) => (c.listen.host = '0.0.0.0'), 'listen.host: must be a loopback address'],
  ['a client twice', (c) => c.clients.push(c.clients[0]), 'clients: "orders-worker" is there twice'],
  ['a user twice', (c) => c.users.push(c.users[0]), 'users: "ada" is there twice'],
  ['a web client without a way back', (c) => delete c.clients[2].redirectUris, 'clients[2].redirectUris: a web client needs at least one'],
  ['a web client without openid', (c) => (c.clients[2].scopes = ['permissions']), 'clients[2].scopes: a web client needs "openid"'],
  ['permissions of a web client', (c) => (c.clients[2].permissions = ['a:read']), 'clients[2].permissions: a web client has those of the user'],
  ['permissions that never show', (c) => (c.clients[0].scopes = ['x']), 'clients[0].scopes: must contain "permissions"'],
  ['no scopes', (c) => (c.clients[1].scopes = []), 'clients[1].scopes: must list at least one scope'],
  ['two scopes in one', (c) => (c.clients[1].scopes = ['a b']), 'clients[1].scopes[0]: must be one scope'],
  [
    'a way back over the open network',
    (c) => (c.clients[2].redirectUris = ['http://example.test/']),
    'clients[2].redirectUris[0]: "http://example.test/" is plain http',
  ],
  ['a word that is not known', (c) => (c.clients[0].secret = 'x'), 'clients[0]: Unrecognized key: "secret"'],
  ['no secret file', (c) => (c.clients[0].secretFile = join(folder, 'none')), 'clients[0].secretFile: ENOENT'],
  ['a short secret', (c) => (c.clients[0].secretFile = fileWith('short', 'short\n')), 'holds 5 characters; at least 16 are needed'],
  ['no password', (c) => (c.users[0].passwordFile = fileWith('empty', '')), 'users[0].passwordFile: '],
  ['a key that is not one', (c) => (c.signingKeyFile = fileWith('key', '{"kty":"RSA"}')), 'is not a private key as a JWK'],
  ['a key without a name', (c) => (c.signingKeyFile = fileWith('key', withoutKid(c.signingKeyFile))), 'must have a "kid"'],
])('%s is one problem', (_case, change, problem) => {
  expect(problemsOf(change)).toEqual([expect.stringContaining(problem)])
})

function withoutKid(file: string): string {
  return JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), kid: undefined })
}

async function failure(args: readonly string[]): Promise<{ code: number; said: string }> {
  const child = runMain(args)
  const [said, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit')])
  return { code: code as number, said }
}

test('the program names every problem at once, without a stack, and ends with 2', async () => {
  problemsOf((c) => {
    c.users[0].passwordFile = join(folder, 'none')
    c.signingKeyFile = fileWith('key', 'not a key but a secret')
  })
  const { code, said } = await failure([join(folder, 'configuration.json')])
  expect(code).toBe(2)
  expect(said).toContain('has 2 problems:\n  - signingKeyFile: ')
  expect(said).toContain('  - users[0].passwordFile: ENOENT')
  expect(said).not.toMatch(/ at |not a key but a secret/)
})

test('the program says when its port is taken', async () => {
  await valid.start()
  const { code, said } = await failure([join(valid.folder, 'configuration.json')])
  expect({ code, said }).toEqual({ code: 2, said: expect.stringContaining(`127.0.0.1:${valid.configuration.listen.port} is in use by another program`) })
})

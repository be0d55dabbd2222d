import { spawnSync } from 'node:child_process'
import { DEFAULT_SCHEMA, load, Type } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import type { PlatformInput } from '../../model/input.ts'
import { adapt, clusterOf, find } from '../../testing/adapt.ts'
import { identityKubernetes } from './kubernetes.ts'

interface Entry {
  readonly model: string
  readonly id?: string
  readonly identifiers: Readonly<Record<string, any>>
  readonly attrs: Readonly<Record<string, any>>
}

const tag = (name: string, kind: 'scalar' | 'sequence') => new Type(name, { kind, construct: (value: unknown) => ({ [name]: value }) })
const SCHEMA = DEFAULT_SCHEMA.extend([tag('!KeyOf', 'scalar'), tag('!Env', 'scalar'), tag('!Find', 'sequence')])

function entriesOf(settings: Partial<PlatformInput> = {}): readonly Entry[] {
  const { data } = find(adapt(identityKubernetes, clusterOf('production', settings)), 'ConfigMap')
  return (load(data['platform.yaml']!, { schema: SCHEMA }) as { entries: Entry[] }).entries
}

const adaptation = adapt(identityKubernetes, clusterOf('production'))
const entries = entriesOf()
const ofModel = (model: string, from = entries) => from.filter((entry) => entry.model.endsWith(`.${model}`))
const provider = (id: string) => ofModel('oauth2provider').find(({ identifiers }) => identifiers['name'] === id)!

describe('Authentik in a cluster', () => {
  test('has one issuer for all, with a slash at its end, and its keys below', () => {
    expect(adaptation.publicUrl?.('http', '')).toBe('https://auth.example.com/application/o/temporal/')
    expect(adaptation.publicUrl?.('http', '/jwks')).toBe('https://auth.example.com/application/o/temporal/jwks/')
    // Its keys are found without a Web UI, too.
    const without = entriesOf({ webUi: { enabled: false } })
    expect(ofModel('application', without).map(({ identifiers }) => identifiers['slug'])).toContain('temporal')
    const [issuer] = ofModel('oauth2provider', without).filter(({ identifiers }) => identifiers['name'] === 'temporal')
    expect(issuer?.attrs).toMatchObject({ grant_types: [], redirect_uris: [] })
  })

  test('knows every client of the plan, with a secret from the environment and the grants that it needs', () => {
    const { clients } = clusterOf('production').plan
    expect(ofModel('oauth2provider').map(({ attrs }) => [attrs['client_id'], attrs['client_secret'], attrs['grant_types']])).toEqual(
      clients.map(({ id, kind }) => [
        id,
        { '!Env': `CLIENT_SECRET_${id.toUpperCase().replaceAll('-', '_')}` },
        kind === 'web' ? ['authorization_code', 'refresh_token'] : ['client_credentials'],
      ]),
    )
    expect(adaptation.secrets).toEqual(clients.map(({ secret }) => ({ name: secret, namespace: 'identity' })))
  })

  test('signs every token with one RSA key, and lets a token live as long as the platform says', () => {
    for (const { attrs } of ofModel('oauth2provider'))
      expect(attrs).toMatchObject({
        signing_key: { '!Find': ['authentik_crypto.certificatekeypair', ['name', 'authentik Self-signed Certificate']] },
        include_claims_in_id_token: true,
        access_token_validity: 'seconds=600',
        client_type: 'confidential',
      })
  })

  test('sends people back to the platform only, lets in members of its groups only, and shows programs to nobody', () => {
    expect(provider('temporal').attrs['redirect_uris']).toEqual([{ matching_mode: 'strict', url: 'https://temporal.example.com/auth/sso/callback' }])
    expect(ofModel('group').map(({ identifiers }) => identifiers['name'])).toEqual(['temporal-admins', 'temporal-readers', 'shop-readers', 'shop-writers'])
    expect(ofModel('policybinding').map(({ identifiers }) => [identifiers['target']['!KeyOf'], identifiers['group']['!KeyOf']])).toEqual(
      ['temporal-admins', 'temporal-readers', 'shop-readers', 'shop-writers'].map((group) => ['application-temporal', `group-${group}`]),
    )
    expect(ofModel('application').map(({ identifiers, attrs }) => [identifiers['slug'], attrs['meta_launch_url']])).toContainEqual([
      'shop-worker',
      'blank://blank',
    ])
  })

  test('refers only to what is in the blueprint', () => {
    const ids = new Set(entries.map(({ id }) => id))
    const keys = [...JSON.stringify(entries).matchAll(/"!KeyOf":"([^"]+)"/g)].map(([, key]) => key)
    expect(keys.filter((key) => !ids.has(key))).toEqual([])
    expect(keys.length).toBeGreaterThan(10)
  })

  test('has ids and names that are there once', () => {
    const named = entries.flatMap(({ id }) => id ?? [])
    expect(new Set(named).size).toBe(named.length)
    const names = ofModel('scopemapping').map(({ identifiers }) => identifiers['name'])
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('claims, worked out by Python', () => {
  const generated = (id: string) => ({ username: `ak-${id}-client_credentials`, type: 'service_account', groups: [] })

  test('of a program are those of the plan, with the issuer of the platform over its own', (context) => {
    needsPython(context)
    expect(claims('shop-worker', 'permissions', { user: generated('shop-worker'), scope: ['permissions'] })).toEqual({
      iss: 'https://auth.example.com/application/o/temporal/',
      sub: 'shop-worker',
      aud: 'temporal',
      permissions: ['shop:write'],
    })
    expect(claims('shop-till', 'shop:write', { user: generated('shop-till'), scope: ['shop:write', 'other'] })).toMatchObject({
      sub: 'shop-till',
      scope: 'shop:write',
    })
  })

  test('of a program are given to nobody else, such as a person with a password for applications', (context) => {
    needsPython(context)
    for (const user of [
      { username: 'mallory', type: 'internal', groups: ['temporal-admins'] },
      { username: 'ak-shop-worker-client_credentials', type: 'internal', groups: [] },
      generated('shop-api'),
    ])
      expect(claims('shop-worker', 'permissions', { user, scope: ['permissions'] })).toEqual({})
  })

  test('of people come from their groups', (context) => {
    needsPython(context)
    const of = (...groups: string[]) => claims('temporal', 'permissions', { user: { username: 'ada', type: 'internal', groups }, scope: ['permissions'] })
    expect(of('temporal-admins', 'shop-readers')).toEqual({ permissions: ['temporal-system:admin', 'shop:read'] })
    expect(of('shop-writers')).toEqual({ permissions: ['shop:write'] })
    expect(of('others')).toEqual({ permissions: [] })
  })
})

function needsPython(context: { skip(condition: boolean, note: string): void }): void {
  context.skip(spawnSync('python3', ['--version']).status !== 0, 'no python3 on this machine')
}

interface Asked {
  readonly user: { readonly username: string; readonly type: string; readonly groups: readonly string[] }
  readonly scope: readonly string[]
}

/** A scope mapping's body, run with what Authentik would put around it. */
function claims(client: string, scope: string, asked: Asked): unknown {
  const { expression } = ofModel('scopemapping').find(({ id }) => id === `scope-${client}-${scope}`)!.attrs as { expression: string }
  const body = expression.replaceAll(/^/gm, '    ')
  const program = `import json, sys
from types import SimpleNamespace as N
asked = json.load(sys.stdin)
request = N(user=N(**asked["user"]))
token = N(scope=asked["scope"])
def ak_is_group_member(user, name): return name in user.groups
def mapping():
${body}
print(json.dumps(mapping()))
`
  const { stdout, stderr } = spawnSync('python3', ['-c', program], { input: JSON.stringify(asked), encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

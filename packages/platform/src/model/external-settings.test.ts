import { describe, expect, test } from 'vitest'
import { makePlan } from '../plan.ts'
import { common, elasticsearch, identity, postgresql, temporal, webUi } from '../testing/external.ts'
import type { PlatformInput } from './input.ts'
import { resolvePlatform } from './platform.ts'

describe('settings of what is not run here', () => {
  const problems = (platform: object) => {
    try {
      resolvePlatform({ ...common, environments: {}, ...platform }, 'development')
    } catch (error) {
      return (error as Error).message
    }
    return ''
  }
  const cases: readonly [system: string, external: object, setting: object][] = [
    ['postgresql', postgresql, { settings: { work_mem: '8MB' } }],
    ['temporal', temporal, { historyShards: 4 }],
    ['temporal', temporal, { logLevel: 'warn' }],
    ['temporal', temporal, { connectionPool: { main: 5 } }],
    ['temporal', temporal, { replicas: 2 }],
    ['temporal', temporal, { dynamicConfig: { a: 1 } }],
    ['elasticsearch', elasticsearch, { heapMebibytes: 512 }],
    ['elasticsearch', elasticsearch, { port: 9200 }],
    ['identity', identity, { users: { ada: { email: 'ada@example.com', permissions: ['shop:read'] } } }],
    ['identity', identity, { tokenLifetimeSeconds: 60 }],
    ['webUi', webUi, { port: 8234 }],
    ['webUi', webUi, { enabled: true }],
  ]
  test.each(cases)('%s %j means nothing with %j', (system, external, setting) => {
    const [name] = Object.keys(setting)
    expect(problems({ [system]: { ...external, ...setting } })).toMatch(
      new RegExp(`^  ${system}\\.${name}\n    means nothing: ${system}\\.external says that others run`, 'm'),
    )
    // Over the common external, in an environment.
    expect(problems({ [system]: external, environments: { staging: { [system]: setting } } })).toMatch(
      new RegExp(`^  environments\\.staging\\.${system}\\.${name}\n`, 'm'),
    )
    // For the other environments.
    expect(problems({ [system]: setting, environments: { production: { [system]: external } } })).toBe('')
    // Where it is run here after all.
    expect(problems({ [system]: external, environments: { staging: { [system]: { external: null, ...setting } } } })).toBe('')
  })
  test('the connections that may be opened mean something', () => expect(problems({ postgresql: { ...postgresql, maxConnections: 300 } })).toBe(''))
  test('the index means something', () => expect(problems({ elasticsearch: { ...elasticsearch, index: 'temporal_visibility_v1_shop' } })).toBe(''))
})

describe('an overlay', () => {
  test('turns external on in one environment, and off again with null', () => {
    const platform: PlatformInput = { ...common, postgresql, environments: { development: { postgresql: { external: null } } } }
    expect(resolvePlatform(platform, 'development').postgresql.external).toBeNull()
    expect(resolvePlatform(platform, 'staging').postgresql.external?.host).toBe('db.example.com')
    expect(makePlan(resolvePlatform(platform, 'development')).parties.find(({ name }) => name === 'postgresql')?.kind).toBe('managed')
  })
  test('shows a problem where it was written, also when something is missing there', () => {
    const broken = { ...common, environments: { production: { postgresql: { external: { port: 0 } }, temporal: { external: { address: 'temporal' } } } } }
    expect(() => resolvePlatform(broken, 'development')).toThrow(
      /environments\.production\.postgresql\.external\.host\n.*is missing[^]*external\.port\n.*must be at least 1[^]*external\.address\n.*must be host:port/,
    )
  })
  test.each([
    [{ postgresql: { external: { host: 'postgres://db.example.com' } } }, /external\.host\n.*must be a host name or an IP address, without a scheme/],
    [{ postgresql: { external: { host: 'db', tls: true } } }, /external\.tls\n.*must be an object, or false/],
    [{ postgresql: { external: { host: 'db', databases: { shop: { user: 'a b' } } } } }, /databases\.shop\.user\n.*must be letters/],
    [{ temporal: { external: { address: 'db:99999' } } }, /external\.address\n.*port from 1 to 65535/],
    [{ temporal: { external: { address: 'db:7233', tls: { trust: 'anyone' } } } }, /external\.tls\.trust\n.*allowed: given-ca, system-roots/],
    [
      { temporal: { external: { address: 'db:7233', tls: { servername: 'x' } } } },
      /external\.tls\.servername\n.*is not a setting\n.*did you mean "serverName"/,
    ],
    [{ postgresql: { external: { hst: 'db' } } }, /external\.hst\n.*is not a setting\n.*did you mean "host"/],
    [{ identity: { external: { issuer: 'http://login.example.com' } } }, /external\.issuer\n.*must be an https URL/],
    [{ elasticsearch: { external: { host: 'https://search.example.com' } } }, /external\.host\n.*without a scheme/],
    [{ elasticsearch: { external: { host: 'search', authentication: 'api-key' } } }, /external\.authentication\n.*allowed: password, none/],
    [
      { elasticsearch: { external: { host: 'search', authentication: 'none', username: 'me' } } },
      /external\.username\n.*means nothing: authentication is none/,
    ],
    [{ elasticsearch: { external: { host: 'search', username: 'a:b' } } }, /external\.username\n.*without spaces and ":"/],
    [{ webUi: { external: {} } }, /webUi\.external\.url\n.*is missing/],
  ])('is refused with what is allowed: %j', (settings, expected) => {
    expect(() => resolvePlatform({ ...common, environments: { production: settings } }, 'development')).toThrow(expected)
  })
})

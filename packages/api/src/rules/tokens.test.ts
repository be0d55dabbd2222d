import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { described, emptyPage, RUN_ID, workflowIdOf } from '../test/replies.ts'
import { type RuleCase, testRules } from '../test/rule-table.ts'
import type { TestApi } from '../test/test-api.ts'
import { granted } from './contract.fixture.ts'

const READ = { scope: 'orders:read' }
const seconds = () => Math.floor(Date.now() / 1000)
const strangers = generateKeyPair('RS256', { extractable: true })

type Token = (api: TestApi) => Promise<string>
const claims = (api: TestApi, more: JWTPayload = {}) => ({ iss: api.issuer.url, aud: 'orders-api', sub: 'mallory', exp: seconds() + 60, ...READ, ...more })
/** A good token of somebody who may read, but for this. */
const but =
  (more: JWTPayload, header: { alg?: string; typ?: string; kid?: string } = {}): Token =>
  (api) =>
    api.issuer.token({ ...READ, ...more }, header)

const refused = (rule: string, name: string, token: Token): RuleCase => ({
  rule,
  name,
  status: 401,
  slug: 'unauthenticated',
  send: async (api) => api.app.inject({ url: '/v1/workflows/fulfil-order/one', headers: { authorization: `Bearer ${await token(api)}` } }),
})
const forbidden = (
  rule: string,
  name: string,
  { method = 'GET', path = '/fulfil-order/one', ...more }: JWTPayload & { method?: 'GET' | 'POST'; path?: string },
): RuleCase => ({
  rule,
  name,
  status: 403,
  slug: 'forbidden',
  send: async (api) =>
    api.app.inject({
      method,
      url: `/v1/workflows${path}`,
      headers: { authorization: `Bearer ${await api.issuer.token(more)}` },
      ...(method === 'POST' && { payload: {} }),
    }),
})
const terminate = { method: 'POST', path: '/fulfil-order/one/terminate' } as const

testRules({
  contract: granted,
  temporal: (method, request) =>
    method === 'ListWorkflowExecutions'
      ? emptyPage('')
      : method === 'DescribeWorkflowExecution'
        ? described({ runId: RUN_ID, workflowId: workflowIdOf(request) })
        : { bytes: new Uint8Array() },
  rules: {
    keys: {
      file: 'auth/verifier.js',
      text: 'jwtVerify(token, keys.key,',
      without: 'jwtVerify(token, (header, jws) => header.jwk ?? keys.key(header, jws),',
    },
    algorithms: { file: 'auth/verifier.js', text: 'algorithms: ALGORITHMS,', without: '' },
    issuer: { file: 'auth/verifier.js', text: '                    issuer,\n', without: '' },
    audience: { file: 'auth/verifier.js', text: '                    audience,\n', without: '' },
    lifetime: { file: 'auth/verifier.js', text: 'clockTolerance: CLOCK_TOLERANCE_S', without: 'clockTolerance: 1e12' },
    'an end': { file: 'auth/verifier.js', text: "['exp', 'sub']", without: "['sub']" },
    subject: { file: 'auth/verifier.js', text: '!SUBJECT.test(sub)', without: 'false' },
    type: { file: 'auth/verifier.js', text: '!TYPES.has(', without: '!new Set([...TYPES, "logout+jwt", "dpop+jwt"]).has(' },
    bearer: { file: 'auth/access.js', text: '/^Bearer +', without: '/^(?:Bearer|Basic|DPoP) +' },
    scope: { file: 'auth/access.js', text: 'scopes.has(scope) ||', without: "[...scopes].some((each) => each.startsWith('orders')) ||" },
    'default deny': { file: 'auth/access.js', text: 'scope !== undefined &&', without: '' },
    namespace: { file: 'auth/roles.js', text: 'where === namespace ||', without: 'true ||' },
    rank: { file: 'auth/roles.js', text: '>= ROLES.indexOf(NEEDED[operation])', without: '>= 0' },
  },
  cases: [
    refused('keys', 'a key that the token brings itself', async (api) => {
      const { privateKey, publicKey } = await strangers
      return new SignJWT(claims(api)).setProtectedHeader({ alg: 'RS256', kid: 'one', jwk: await exportJWK(publicKey) }).sign(privateKey)
    }),
    refused('algorithms', 'RSA with another hash, by a key of the issuer', but({}, { alg: 'RS512', kid: 'open' })),
    refused('issuer', 'of another issuer', but({ iss: 'https://elsewhere.example' })),
    refused('issuer', 'of an issuer that is almost ours', (api) => api.issuer.token({ ...READ, iss: `${api.issuer.url}/` })),
    refused('audience', 'for Temporal itself', but({ aud: 'temporal' })),
    refused('audience', 'for several others', but({ aud: ['temporal', 'shop'] })),
    refused('audience', 'for an audience that begins like ours', but({ aud: 'orders-api-2' })),
    refused('lifetime', 'that has expired', but({ exp: seconds() - 3600 })),
    refused('lifetime', 'that is not valid yet', but({ nbf: seconds() + 3600 })),
    refused('an end', 'that never expires', but({ exp: undefined })),
    refused('subject', 'of nobody', but({ sub: '' })),
    refused('subject', 'of somebody with a line break in the name', but({ sub: 'alice\n{"audit":"start"}' })),
    refused('subject', 'of somebody with a name without end', but({ sub: 'a'.repeat(256) })),
    refused('type', 'that logs somebody out', but({}, { typ: 'logout+jwt' })),
    refused('type', 'that proves a key', but({}, { typ: 'dpop+jwt' })),
    {
      ...refused('bearer', 'in the place of a password', but({})),
      send: async (api) => api.app.inject({ url: '/v1/workflows/fulfil-order/one', headers: { authorization: `Basic ${await api.issuer.token(READ)}` } }),
    },
    forbidden('scope', 'a scope for another operation', { scope: 'orders:write' }),
    forbidden('scope', 'a scope that begins like the one that is needed', { scope: 'orders:reader orders' }),
    forbidden('scope', 'terminating with the scope to read', { ...terminate, scope: 'orders:read' }),
    forbidden('default deny', 'what nobody may, by an admin of the namespace', { method: 'POST', path: '/audit', permissions: ['orders:admin'] }),
    forbidden('default deny', 'what nobody may, by an admin of everything', { method: 'POST', path: '/audit', permissions: ['temporal-system:admin'] }),
    forbidden('namespace', 'a permission in another namespace', { permissions: ['billing:admin'] }),
    forbidden('namespace', 'a permission in a namespace that begins like ours', { permissions: ['orders-2:admin'] }),
    forbidden('rank', 'a worker that would read', { permissions: ['orders:worker'] }),
    forbidden('rank', 'a writer that would terminate', { ...terminate, permissions: ['orders:write'] }),
    forbidden('rank', 'a reader that would start', { method: 'POST', path: '/fulfil-order', permissions: ['orders:read'] }),
  ],
})

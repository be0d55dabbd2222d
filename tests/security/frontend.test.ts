import { randomUUID } from 'node:crypto'
import { generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import { reasonsOf } from '../support/authorization-errors.ts'
import {
  describeNamespace,
  describeWorkflow,
  listNamespaces,
  startWorkflow,
  terminateWorkflow,
  updateNamespace,
  type FrontendCaller,
} from '../support/frontend.ts'
import type { Outcome } from '../support/grpc.ts'
import { issue, platformRoot, unknownRoot } from '../support/issue-certificate.ts'
import { publicKeyPem, signToken, unsignedToken, type TokenParts } from '../support/signed-tokens.ts'
import { identityOf } from '../support/tls.ts'

const DENIED = { code: 'PERMISSION_DENIED', details: 'Request unauthorized.' }

/** Each differs from the worker's certificate in what its name says. Go's server tells why in a TLS alert. */
const CERTIFICATES: readonly (readonly [string, string, () => Promise<FrontendCaller['certificate']>])[] = [
  ['no TLS', 'Failed to connect', async () => 'plain'],
  ['no certificate', 'alert certificate required', async () => 'none'],
  ['a certificate of the other trust domain', 'alert unknown ca', () => identityOf('temporal-history', 'internode')],
  ["the frontend's own certificate of the other trust domain", 'alert unknown ca', () => identityOf('temporal-frontend', 'internode')],
  ["the database's certificate", 'alert unknown ca', () => identityOf('postgresql', 'database')],
  ['a certificate of an unknown root', 'alert unknown ca', async () => issue(await unknownRoot())],
  ['a certificate that has expired', 'alert certificate expired', async () => issue(await platformRoot('client'), { endsInMs: -60_000 })],
  ['a certificate for servers', 'alert bad certificate', async () => issue(await platformRoot('client'), { usage: 'server' })],
]

test.each(CERTIFICATES)('%s: %s, whatever the token', async (_what, reason, certificateOf) => {
  const token = await signToken()
  expect(await describeNamespace({ token, certificate: await certificateOf() })).toMatchObject({
    code: 'UNAVAILABLE',
    details: expect.stringContaining(reason),
  })
  expect(await describeNamespace({ token })).toMatchObject({ code: 'OK' })
})

test("a certificate of the client domain's root is accepted: nothing else was wrong with those above", async () => {
  expect(await describeNamespace({ token: await signToken(), certificate: await issue(await platformRoot('client')) })).toMatchObject({ code: 'OK' })
})

/** Each differs from a good token in what its name says. */
const TOKENS: readonly (readonly [string, string, () => Promise<string>])[] = [
  ['has expired', 'Token is expired', () => signToken({ lifetimeSeconds: -1 })],
  ['is for another audience', 'audience mismatch', () => signToken({ audience: 'orders-api' })],
  ['says it needs no signature', 'signing method none is invalid', () => unsignedToken()],
  [
    'is signed with the public key as a shared secret',
    'signing method HS256 is invalid',
    async () => signToken({ header: { alg: 'HS256' }, key: Buffer.from(await publicKeyPem()) }),
  ],
  ['is signed by an unknown key with a known id', 'crypto/rsa: verification error', () => signedByUnknownKey()],
  ['is signed by an unknown key with an unknown id', 'RSA key not found for key ID: unknown', () => signedByUnknownKey('unknown')],
]

async function signedByUnknownKey(kid?: string): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256')
  return signToken({ key: privateKey, ...(kid !== undefined && { header: { kid } }) })
}

test.each(TOKENS)('a token that %s is refused: %s', async (_what, reason, tokenOf) => {
  const token = await tokenOf()
  const { result, reasons } = await reasonsOf(() => describeNamespace({ token }))
  expect(result).toMatchObject(DENIED)
  expect(reasons).toEqual([reason])
  expect(await describeNamespace({ token: await signToken() })).toMatchObject({ code: 'OK' })
})

test('a call without a token is refused; of the same caller with one it is not', async () => {
  expect(await reasonsOf(() => describeNamespace({}))).toMatchObject({ result: DENIED, reasons: [] })
  expect(await describeNamespace({ token: await signToken() })).toMatchObject({ code: 'OK' })
})

/** Good tokens that allow something else. `enough` is the least that allows it. */
const PERMISSIONS: readonly (readonly [string, (caller: FrontendCaller) => Promise<Outcome>, string, string])[] = [
  ['to look at another namespace', describeNamespace, 'other:write', 'orders:read'],
  ['to look at a namespace whose name begins alike', describeNamespace, 'order:write', 'orders:read'],
  ['to look at a namespace as a "worker"', describeNamespace, 'orders:worker', 'orders:read'],
  ['to list all namespaces', listNamespaces, 'orders:admin', 'temporal-system:read'],
  ['to change a namespace', updateNamespace, 'orders:write', 'orders:admin'],
]

test.each(PERMISSIONS)('a token does not allow %s', async (_what, call, short, enough) => {
  const [token, better] = await Promise.all([signToken({ permissions: [short] }), signToken({ permissions: [enough] })])
  // No reason in the log: the token itself was good.
  expect(await reasonsOf(() => call({ token }))).toMatchObject({ result: DENIED, reasons: [] })
  expect(await call({ token: better })).toMatchObject({ code: 'OK' })
})

describe('a token that only reads', () => {
  const tokenOf = (permissions: TokenParts['permissions'] & object) => signToken({ permissions })

  test('reads, but starts no workflow', async () => {
    const [reader, writer] = await Promise.all([tokenOf(['orders:read']), tokenOf(['orders:write'])])
    const workflowId = `security-${randomUUID()}`
    expect(await describeNamespace({ token: reader })).toMatchObject({ code: 'OK' })
    expect(await reasonsOf(() => startWorkflow({ token: reader }, workflowId))).toMatchObject({ result: DENIED, reasons: [] })
    expect(await describeWorkflow({ token: reader }, workflowId)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await startWorkflow({ token: writer }, workflowId)).toMatchObject({ code: 'OK' })
    expect(await describeWorkflow({ token: reader }, workflowId)).toMatchObject({ code: 'OK' })
    expect(await terminateWorkflow({ token: reader }, workflowId)).toMatchObject(DENIED)
    expect(await terminateWorkflow({ token: writer }, workflowId)).toMatchObject({ code: 'OK' })
  })

  test('of the whole system reads every namespace, and starts nothing either', async () => {
    const token = await tokenOf(['temporal-system:read'])
    expect(await describeNamespace({ token })).toMatchObject({ code: 'OK' })
    expect(await describeNamespace({ token }, 'temporal-system')).toMatchObject({ code: 'OK' })
    expect(await reasonsOf(() => startWorkflow({ token }, `security-${randomUUID()}`))).toMatchObject({ result: DENIED, reasons: [] })
  })
})

import { expect, test } from 'vitest'
import { frontendTls, type FrontendCaller } from '../support/frontend.ts'
import { getJson, type HttpsOutcome } from '../support/https.ts'
import { issue, unknownRoot } from '../support/issue-certificate.ts'
import { addressOf } from '../support/platform.ts'
import { signToken } from '../support/signed-tokens.ts'
import { identityOf } from '../support/tls.ts'

/** The frontend's HTTP API is another door to the same room. */
async function getNamespace({ certificate, token }: FrontendCaller): Promise<HttpsOutcome> {
  const tls = await frontendTls(certificate)
  if (tls === undefined) throw new Error('this door has no plain text')
  return getJson(`https://${await addressOf('temporal-frontend', 'http')}/api/v1/namespaces/orders`, tls, token)
}

test.each<[string, string, () => Promise<FrontendCaller['certificate']>]>([
  ['no certificate', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', async () => 'none'],
  ['a certificate of the other trust domain', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', () => identityOf('temporal-history', 'internode')],
  ['a certificate of an unknown root', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', async () => issue(await unknownRoot())],
])('%s: %s, whatever the token', async (_what, error, certificateOf) => {
  const token = await signToken()
  expect(await getNamespace({ token, certificate: await certificateOf() })).toEqual({ error })
  expect(await getNamespace({ token })).toMatchObject({ status: 200, body: { namespaceInfo: { name: 'orders' } } })
})

test.each<[string, () => Promise<string | undefined>]>([
  ['no token', async () => undefined],
  ['a token that has expired', () => signToken({ lifetimeSeconds: -1 })],
  ['a token for another namespace', () => signToken({ permissions: ['other:write'] })],
])('%s: 403', async (_what, tokenOf) => {
  const token = await tokenOf()
  const refused = await getNamespace(token === undefined ? {} : { token })
  expect(refused).toMatchObject({ status: 403, body: { code: 7, message: 'Request unauthorized.' } })
  expect(await getNamespace({ token: await signToken() })).toMatchObject({ status: 200 })
})

test('plain HTTP is not answered', async () => {
  const response = await fetch(`http://${await addressOf('temporal-frontend', 'http')}/api/v1/namespaces/orders`)
  expect([response.status, await response.text()]).toEqual([400, 'Client sent an HTTP request to an HTTPS server.\n'])
})

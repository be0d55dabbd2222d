import proto from '@temporalio/proto'
import { describe, expect, test } from 'vitest'
import { grpcCall, type Outcome } from '../support/grpc.ts'
import { handshake } from '../support/handshake.ts'
import { issue, platformRoot, unknownRoot } from '../support/issue-certificate.ts'
import { addressOf } from '../support/platform.ts'
import { signToken } from '../support/signed-tokens.ts'
import { identityOf, rootOf, type Identity } from '../support/tls.ts'

const { HealthCheckRequest, HealthCheckResponse } = proto.grpc.health.v1
/** Processes of the server that serve each other; a caller that they let in is an administrator. */
const SERVICES = [
  ['temporal-internal-frontend', 'temporal.api.workflowservice.v1.WorkflowService'],
  ['temporal-history', 'temporal.api.workflowservice.v1.HistoryService'],
  ['temporal-matching', 'temporal.api.workflowservice.v1.MatchingService'],
  ['temporal-system-worker', 'temporal.api.workflowservice.v1.WorkerService'],
] as const
/** Everyone with a certificate of the client domain. */
const CLIENTS = ['orders-worker', 'orders-api', 'temporal-ui', 'temporal-namespaces', 'temporal-frontend'] as const

const STRANGERS: readonly (readonly [string, string, () => Promise<Identity | 'none' | 'plain'>])[] = [
  ['no TLS', 'Failed to connect', async () => 'plain'],
  ['no certificate', 'alert certificate required', async () => 'none'],
  ...CLIENTS.map((client) => [`the client certificate of ${client}`, 'alert unknown ca', () => identityOf(client, 'client')] as const),
  ["the database's certificate", 'alert unknown ca', () => identityOf('postgresql', 'database')],
  ['a certificate of an unknown root', 'alert unknown ca', async () => issue(await unknownRoot())],
  ['a certificate that has expired', 'alert certificate expired', async () => issue(await platformRoot('internode'), { endsInMs: -60_000 })],
]

describe.each(SERVICES)('%s', (workload, service) => {
  const ask = async (identity: Identity | 'none' | 'plain'): Promise<Outcome> => {
    const tls = { ca: await rootOf('internode'), serverName: 'temporal-internode', ...(typeof identity === 'object' && { identity }) }
    const request = HealthCheckRequest.encode({ service }).finish()
    // A token changes nothing here.
    const token = await signToken({ permissions: ['temporal-system:admin'] })
    return grpcCall({ address: await addressOf(workload, 'grpc'), method: 'grpc.health.v1.Health/Check', request, token, ...(identity !== 'plain' && { tls }) })
  }

  test.each(STRANGERS)('%s: %s', async (_what, reason, identity) => {
    expect(await ask(await identity())).toMatchObject({ code: 'UNAVAILABLE', details: expect.stringContaining(reason) })
  })

  test.each(['temporal-frontend', 'temporal-history', 'temporal-system-worker'])('the internode certificate of %s is let in', async (peer) => {
    const { code, message } = await ask(await identityOf(peer, 'internode'))
    expect(code).toBe('OK')
    expect(HealthCheckResponse.decode(message).status).toBe(HealthCheckResponse.ServingStatus.SERVING)
  })
})

/** Whoever is in the ring is sent work: it is for the server's processes alone. */
describe.each(['temporal-frontend', ...SERVICES.map(([workload]) => workload)])('the membership port of %s', (workload) => {
  const greet = async (identity?: Identity) =>
    handshake(await addressOf(workload, 'membership'), { ca: await rootOf('internode'), serverName: 'temporal-internode', ...(identity && { identity }) })

  test('lets in certificates of the internode domain, and no other', async () => {
    expect(await greet()).toBe('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')
    expect(await greet(await identityOf('orders-worker', 'client'))).toBe('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA')
    expect(await greet(await issue(await unknownRoot()))).toBe('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA')
    expect(await greet(await identityOf('temporal-history', 'internode'))).toBe('let in')
  })
})

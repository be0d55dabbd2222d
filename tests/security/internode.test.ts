import proto from '@temporalio/proto'
import { describe, expect, test } from 'vitest'
import { grpcCall, type Outcome } from '../support/grpc.ts'
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

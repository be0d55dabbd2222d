import type { TemporalCredentials } from '@sundial/runtime'
import { afterEach, expect, test } from 'vitest'
import { type GrpcAnswer, startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { startIssuer } from '../test/issuer.ts'
import { openTestTemporal } from '../test/temporal.ts'
import type { Temporal } from './temporal.ts'

const opened: { server: TestGrpcServer; temporal: Temporal }[] = []
afterEach(async () => {
  for (const { server, temporal } of opened.splice(0)) {
    await temporal.close()
    server.close()
  }
})

async function open(answer: GrpcAnswer, credentials: TemporalCredentials = { kind: 'none' }) {
  const server = await startGrpcServer(() => answer)
  const temporal = await openTestTemporal(server.address, { credentials })
  opened.push({ server, temporal })
  return {
    server,
    temporal,
    ask: (options?: { timeoutMs?: number; signal?: AbortSignal }) => temporal.call(() => temporal.client.workflowService.getSystemInfo({}), options),
  }
}

test('connects at the first call, not before', async () => {
  const { server, ask } = await open({ bytes: new Uint8Array() })
  expect(server.calls).toEqual([])
  await ask()
  expect(server.calls).toHaveLength(1)
})

test.each([
  ['twice when it cannot be reached', 14, 2],
  ['once when it is at its limit', 8, 1],
  ['once when it does not know what went wrong', 2, 1],
])('asks Temporal %s', async (_what, code, attempts) => {
  const { server, ask } = await open({ code, details: 'no' })
  await expect(ask()).rejects.toMatchObject({ code })
  expect(server.calls).toHaveLength(attempts)
})

test('puts a deadline on every call', async () => {
  const { ask } = await open('silence')
  await expect(ask({ timeoutMs: 100 })).rejects.toMatchObject({ code: 4 })
})

test('ends a call when its signal is aborted', async () => {
  const { server, ask } = await open('silence')
  const controller = new AbortController()
  const call = ask({ signal: controller.signal })
  await expect.poll(() => server.calls.length).toBe(1)
  controller.abort(new Error('enough'))
  await expect(call).rejects.toBe(controller.signal.reason)
  await expect(ask({ signal: controller.signal })).rejects.toBe(controller.signal.reason)
})

test('closes after a second attempt that nobody waits for any more: it would throw where nobody can catch it', async () => {
  const { server, temporal, ask } = await open({ code: 14, details: 'no' })
  const controller = new AbortController()
  const call = ask({ signal: controller.signal })
  call.catch(() => undefined)
  await expect.poll(() => server.calls.length, { interval: 1 }).toBe(1)
  controller.abort(new Error('enough'))
  await temporal.close()
  await expect(call).rejects.toBe(controller.signal.reason)
})

test('asks for a current token for every call, and sends it', async () => {
  const issuer = await startIssuer()
  try {
    const { server, ask } = await open(
      { bytes: new Uint8Array() },
      { kind: 'client-credentials', issuer: issuer.url, clientId: 'orders-api', clientSecret: 's', scope: 'permissions' },
    )
    await ask()
    await ask()
    expect(server.calls.map(({ authorization }) => authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
  } finally {
    await issuer.close()
  }
})

test('sends an API key of the settings', async () => {
  const { server, ask } = await open({ bytes: new Uint8Array() }, { kind: 'api-key', apiKey: 'secret' })
  await ask()
  expect(server.calls).toMatchObject([{ authorization: 'Bearer secret' }])
})

import { afterEach, expect, test } from 'vitest'
import { type GrpcAnswer, startGrpcServer, type TestGrpcServer } from '../test/grpc-server.ts'
import { openTemporal, type Temporal } from './temporal.ts'

const opened: { server: TestGrpcServer; temporal: Temporal }[] = []
afterEach(async () => {
  for (const { server, temporal } of opened.splice(0)) {
    await temporal.close()
    server.close()
  }
})

async function open(answer: GrpcAnswer, token?: () => Promise<string>) {
  const server = await startGrpcServer(() => answer)
  const temporal = await openTemporal({ address: server.address, namespace: 'orders', credentials: { kind: 'none' } }, token && { token })
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

test('asks the token source for every call, and sends what it gives', async () => {
  let count = 0
  const { server, ask } = await open({ bytes: new Uint8Array() }, async () => `token-${++count}`)
  await ask()
  await ask()
  expect(server.calls.map(({ authorization }) => authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
})

test('sends an API key of the settings', async () => {
  const server = await startGrpcServer(() => ({ bytes: new Uint8Array() }))
  const temporal = await openTemporal({ address: server.address, namespace: 'orders', credentials: { kind: 'api-key', apiKey: 'secret' } })
  opened.push({ server, temporal })
  await temporal.call(() => temporal.client.workflowService.getSystemInfo({}))
  expect(server.calls).toMatchObject([{ authorization: 'Bearer secret' }])
})

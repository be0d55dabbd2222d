import { once } from 'node:events'
import { connect } from 'node:net'
import { Registry } from 'prom-client'
import { afterEach, expect, test, vi } from 'vitest'
import type { OperationsServer } from '../operations/operations-server.ts'
import { serveOperations } from './serve-operations.ts'

/** As long as a busy machine may need. */
const WAIT = { timeout: 20_000 }

afterEach(() => {
  vi.unstubAllEnvs()
})

/** A service that serves, with what its life does. */
async function serve() {
  const stopping = new AbortController()
  const stops: (() => Promise<void> | void)[] = []
  const lifecycle = { signal: stopping.signal, onStop: (_: string, stop: () => Promise<void> | void) => void stops.push(stop), fail: () => undefined }
  const options = { address: { host: '127.0.0.1', port: 0 }, registry: new Registry(), readiness: () => ({ ready: true, checks: {} }) }
  return { server: await serveOperations(lifecycle, options), stopping, stops }
}

async function listens({ address: { host, port } }: OperationsServer): Promise<boolean> {
  const socket = connect(port, host)
  const connected = await once(socket, 'connect').then(
    () => true,
    () => false,
  )
  socket.destroy()
  return connected
}

test('serves until the service has stopped', async () => {
  const { server, stopping, stops } = await serve()
  stopping.abort()
  expect(await listens(server)).toBe(true)
  for (const stop of stops) await stop()
  expect(await listens(server)).toBe(false)
})

test('gives its port back when the service begins to stop, where that is wanted', async () => {
  vi.stubEnv('STOP_RELEASES_PORTS', 'true')
  const { server, stopping, stops } = await serve()
  expect(await listens(server)).toBe(true)
  stopping.abort()
  await vi.waitFor(async () => expect(await listens(server)).toBe(false), WAIT)
  for (const stop of stops) await stop()
})

import { Counter, Registry } from 'prom-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type OperationsServer, startOperationsServer } from './operations-server.ts'

const registry = new Registry()
new Counter({ name: 'orders_total', help: 'Orders', registers: [registry] }).inc(3)

let server: OperationsServer
let ready = true
let alive = true
let more: () => Promise<string> = () => Promise.resolve('temporal_x 1\n')

beforeEach(async () => {
  server = await startOperationsServer({
    address: { host: '127.0.0.1', port: 0 },
    registry,
    readiness: () => ({ ready, checks: { temporal: ready ? { ok: true } : { ok: false, message: 'no answer' } } }),
    alive: () => alive,
    moreMetrics: () => more(),
  })
})
afterEach(() => server.close())

async function get(path: string, method = 'GET') {
  const response = await fetch(`http://127.0.0.1:${server.address.port}${path}`, { method })
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
}

test('readiness follows the process, and says which check fails', async () => {
  ready = true
  expect(await get('/ready')).toEqual({ status: 200, type: 'application/json', body: '{"ready":true,"checks":{"temporal":{"ok":true}}}\n' })
  ready = false
  for (const path of ['/ready', '/readyz'])
    expect(await get(path)).toMatchObject({ status: 503, body: '{"ready":false,"checks":{"temporal":{"ok":false,"message":"no answer"}}}\n' })
})

test('liveness is not readiness', async () => {
  ready = false
  for (const path of ['/health', '/livez']) expect(await get(path)).toMatchObject({ status: 200, body: 'ok\n' })
  alive = false
  expect(await get('/livez')).toMatchObject({ status: 503 })
})

test('metrics of both sources are one text', async () => {
  const { type, body } = await get('/metrics')
  expect(type).toContain('text/plain; version=0.0.4')
  expect(body).toBe('# HELP orders_total Orders\n# TYPE orders_total counter\norders_total 3\ntemporal_x 1\n')
})

test('own metrics survive the loss of the others', async () => {
  more = () => Promise.reject(new Error('connection\nrefused'))
  expect((await get('/metrics')).body).toBe('# HELP orders_total Orders\n# TYPE orders_total counter\norders_total 3\n# more metrics: "connection\\nrefused"\n')
})

test('nothing else is served', async () => {
  expect((await get('/')).status).toBe(404)
  expect((await get('/metrics', 'POST')).status).toBe(405)
  expect(await get('/livez', 'HEAD')).toMatchObject({ body: '' })
})

test('a port that is taken is an error', async () => {
  await expect(startOperationsServer({ address: server.address, registry, readiness: () => ({ ready: true, checks: {} }) })).rejects.toThrow('EADDRINUSE')
})

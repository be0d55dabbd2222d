import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { coreMetrics } from './core-metrics.ts'

const server = createServer((request, response) => {
  if (request.url === '/silent') return
  response.writeHead(request.url === '/metrics' ? 200 : 404).end('temporal_request 1\n')
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
afterEach(() => server.closeAllConnections())
const get = (path: string) => coreMetrics(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)

test('adds that it could be read', async () => {
  expect(await get('/metrics')).toMatch(
    /^temporal_request 1\n# HELP sundial_core_scrape_up .*\n# TYPE sundial_core_scrape_up gauge\nsundial_core_scrape_up 1\n$/,
  )
})

test.each(['/missing', '/silent'])('says when it could not: %s', async (path) => {
  expect(await get(path)).toMatch(/^# HELP sundial_core_scrape_up .*\n.*\nsundial_core_scrape_up 0\n$/)
})

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startGrpcServer } from './test/grpc-server.ts'
import { startIssuer } from './test/issuer.ts'
import { readStart, RUN_ID, started } from './test/replies.ts'
import { startService } from './test/service.ts'
import { freeAddress } from './test/test-api.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

/** Takes what is sent to a collector, as it is. */
async function startReceiver() {
  const bodies: Buffer[] = []
  const server = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk))
    request.on('end', () => response.end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUps.push(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, all: () => Buffer.concat(bodies) }
}

/** An API that starts workflows, and what it tells Temporal's. */
async function open(env: Record<string, string>) {
  const starts: ReturnType<typeof readStart>[] = []
  const temporal = await startGrpcServer((method, request) => {
    if (method === 'StartWorkflowExecution') starts.push(readStart(request))
    return method === 'StartWorkflowExecution' ? started(RUN_ID) : { code: 5, details: 'workflow not found' }
  })
  const issuer = await startIssuer()
  cleanUps.push(
    () => temporal.close(),
    () => issuer.close(),
  )
  const [http, operations] = [await freeAddress(), await freeAddress()]
  const service = startService({
    HTTP_ADDRESS: http,
    OPERATIONS_ADDRESS: operations,
    OIDC_ISSUER: issuer.url,
    API_AUDIENCE: 'orders-api',
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: 'orders',
    ...env,
  })
  const stop = async () => {
    service.terminate()
    await service.ended
  }
  cleanUps.push(stop)
  await expect.poll(() => service.log.some((line) => line.includes('"started"')), { timeout: 15_000 }).toBe(true)
  const headers = {
    authorization: `Bearer ${await issuer.token({ scope: 'orders:write' })}`,
    'content-type': 'application/json',
    traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
  }
  const start = (body: unknown) => fetch(`http://${http}/v1/workflows/fulfil-order`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { start, starts, service, stop }
}

test('a request is part of its caller’s trace, which goes on to the workflow, the log, problems and the collector', async () => {
  const receiver = await startReceiver()
  const { start, starts, service, stop } = await open({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url })
  const response = await start({ orderId: '1', lines: [{ sku: 'a' }] })
  expect(response.status).toBe(201)
  expect(response.headers.get('traceresponse')).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`))
  expect(Buffer.from(starts[0]?.header?.fields?.['_tracer-data']?.data ?? []).toString()).toContain(`00-${TRACE}-`)
  expect(await (await start({})).json()).toMatchObject({ status: 422, traceId: TRACE })
  await stop()
  const requests = service.log.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === 'request')
  expect(requests).toMatchObject([
    { status: 201, trace_id: TRACE },
    { status: 422, trace_id: TRACE },
  ])
  // Sent when the API stopped, if not before.
  const sent = receiver.all()
  expect(sent.includes(Buffer.from(TRACE, 'hex'))).toBe(true)
  for (const text of ['orders-api', 'POST /v1/workflows/fulfil-order', 'StartWorkflow:fulfil-order', RUN_ID]) expect(sent.includes(text)).toBe(true)
})

test('without a collector’s address nothing is traced', async () => {
  const { start, starts } = await open({})
  const response = await start({ orderId: '1', lines: [{ sku: 'a' }] })
  expect(response.headers.get('traceresponse')).toBeNull()
  expect(starts[0]?.header?.fields ?? {}).toEqual({})
})

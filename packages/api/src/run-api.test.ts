import { afterEach, expect, test } from 'vitest'
import { type GrpcAnswer, startGrpcServer } from './test/grpc-server.ts'
import { startIssuer } from './test/issuer.ts'
import { startService } from './test/service.ts'
import { freeAddress } from './test/test-api.ts'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp()
})

const URL_OF_ONE = '/v1/workflows/fulfil-order/one'
const patience = { timeout: 15_000, interval: 50 }

async function start(temporalAddress: string, more: Readonly<Record<string, string>> = {}) {
  const issuer = await startIssuer()
  cleanUps.push(() => issuer.close())
  const [http, operations] = [await freeAddress(), await freeAddress()]
  const env = {
    HTTP_ADDRESS: http,
    OPERATIONS_ADDRESS: operations,
    OIDC_ISSUER: issuer.url,
    API_AUDIENCE: 'orders-api',
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: 'orders',
    API_NOTICE_SECONDS: '0',
    ...more,
  }
  const service = startService(env)
  cleanUps.push(async () => {
    service.terminate()
    await service.ended
  })
  await expect
    .poll(
      () =>
        fetch(`http://${http}/openapi.json`).then(
          ({ status }) => status,
          () => 0,
        ),
      patience,
    )
    .toBe(200)
  const token = await issuer.token({ scope: 'orders:read' })
  const get = (path: string) => fetch(`http://${http}${path}`, { headers: { authorization: `Bearer ${token}`, 'x-request-id': 'r-1' } })
  const readyz = () =>
    fetch(`http://${operations}/readyz`).then(
      (response) => response.json() as Promise<{ ready: boolean; checks: Record<string, { ok: boolean; message?: string }> }>,
    )
  return { service, http, operations, token, get, readyz }
}

test('is not ready without Temporal, answers 503, and comes and goes in order', async () => {
  const { service, operations, token, get, readyz } = await start(await freeAddress())
  await expect.poll(async () => (await readyz()).checks['keys'], patience).toEqual({ ok: true })
  expect(await readyz()).toMatchObject({
    ready: false,
    checks: { running: { ok: true }, temporal: { ok: false, message: expect.stringMatching(/^temporal: /) } },
  })
  expect((await fetch(`http://${operations}/readyz`)).status).toBe(503)
  expect((await get(URL_OF_ONE)).status).toBe(503)
  const metrics = await (await fetch(`http://${operations}/metrics`)).text()
  expect(metrics).toContain('route="/v1/workflows/fulfil-order/:workflowId",status="503"')
  expect(metrics).toContain('process_cpu_seconds_total')
  service.terminate()
  expect(await service.ended).toBe(0)
  const lines = service.log.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.find(({ msg, route }) => msg === 'request' && route === '/v1/workflows/fulfil-order/:workflowId')).toMatchObject({
    name: 'orders-api',
    reqId: 'r-1',
    status: 503,
    subject: 'alice',
    workflowId: 'one',
  })
  expect(lines.find(({ msg }) => msg === 'stopping')).toMatchObject({ stopDeadlineMs: 27_000 })
  expect(service.log.join('\n')).not.toContain(token)
}, 30_000)

test('finishes what is in flight, and takes no new work meanwhile', async () => {
  let release: (answer: GrpcAnswer) => void = () => {}
  const held = new Promise<GrpcAnswer>((resolve) => (release = resolve))
  const temporal = await startGrpcServer((method) => (method === 'DescribeWorkflowExecution' ? held : { bytes: new Uint8Array() }))
  cleanUps.push(() => temporal.close())
  const { service, http, get, readyz } = await start(temporal.address)
  await expect.poll(async () => (await readyz()).ready, patience).toBe(true)
  const inFlight = get(URL_OF_ONE)
  await expect.poll(() => temporal.calls.some(({ method }) => method === 'DescribeWorkflowExecution'), patience).toBe(true)
  service.terminate()
  await expect
    .poll(
      () =>
        fetch(`http://${http}/openapi.json`, { headers: { connection: 'close' } }).then(
          () => 'answered',
          () => 'refused',
        ),
      patience,
    )
    .toBe('refused')
  expect(await readyz()).toMatchObject({ ready: false, checks: { running: { ok: false, message: 'stopping' }, temporal: { ok: true } } })
  release({ code: 5, details: 'workflow not found for ID: one' })
  expect((await inFlight).status).toBe(404)
  expect(await service.ended).toBe(0)
}, 30_000)

test('serves on for its notice, not ready, so that a balancer sends nobody to where nothing listens', async () => {
  const temporal = await startGrpcServer((method) =>
    method === 'DescribeNamespace' ? { bytes: new Uint8Array() } : { code: 5, details: 'workflow not found for ID: one' },
  )
  cleanUps.push(() => temporal.close())
  const { service, http, operations, token, readyz } = await start(temporal.address, { API_NOTICE_SECONDS: '2' })
  await expect.poll(async () => (await readyz()).ready, patience).toBe(true)
  const ask = () => fetch(`http://${http}${URL_OF_ONE}`, { headers: { authorization: `Bearer ${token}` } })
  service.terminate()
  const begun = performance.now()
  await expect.poll(async () => (await readyz()).ready, { ...patience, interval: 10 }).toBe(false)
  // New connections, also, as of a balancer that has not looked yet.
  const answers: unknown[] = []
  while (performance.now() - begun < 1500) {
    const { status, headers } = await ask()
    answers.push({ status, connection: headers.get('connection') })
  }
  expect(answers.length).toBeGreaterThan(10)
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify({ status: 404, connection: 'close' })]))
  expect((await fetch(`http://${operations}/health`)).status).toBe(200)
  expect(await service.ended).toBe(0)
  expect(performance.now() - begun).toBeGreaterThan(1900)
}, 30_000)

test('says everything that is wrong with its environment, and ends with 1', async () => {
  const service = startService({ HTTP_ADDRESS: 'nowhere', LOG_LEVEL: 'loud' })
  expect(await service.ended).toBe(1)
  const [fatal] = service.log.map((line) => JSON.parse(line) as { level: string; err: { problems: string[] } })
  expect(fatal?.level).toBe('fatal')
  for (const name of ['HTTP_ADDRESS is "nowhere"', 'OPERATIONS_ADDRESS', 'TEMPORAL_NAMESPACE', 'OIDC_ISSUER', 'API_AUDIENCE', 'LOG_LEVEL is "loud"'])
    expect(fatal?.err.problems.join()).toContain(name)
})

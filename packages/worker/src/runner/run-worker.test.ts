import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from './free-port.ts'

const fixture = fileURLToPath(new URL('../../dist/fixtures/worker.fixture.js', import.meta.url))

function startWorker(env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [fixture], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  const worker = { child, output: '' }
  child.stdout.on('data', (chunk: Buffer) => (worker.output += chunk.toString()))
  onTestFinished(() => void child.kill('SIGKILL'))
  return worker
}

test('starts without a server, is alive but not ready, and stops in order', { timeout: 60_000 }, async () => {
  const operations = `127.0.0.1:${await freePort()}`
  const address = `127.0.0.1:${await freePort()}`
  const worker = startWorker({ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'parcels', OPERATIONS_ADDRESS: operations })
  const get = async (path: string) => {
    const response = await fetch(`http://${operations}${path}`)
    return { status: response.status, body: await response.text() }
  }
  await vi.waitFor(() => expect(worker.output).toMatch(/ECONNREFUSED.*waiting for temporal/), { timeout: 40_000, interval: 100 })
  const { status, body } = await get('/readyz')
  expect({ status, ...(JSON.parse(body) as object) }).toMatchObject({
    status: 503,
    ready: false,
    checks: {
      scale: { ok: true },
      worker: { ok: false, message: 'starting' },
      temporal: { ok: false, message: expect.stringContaining('ECONNREFUSED') as string },
    },
  })
  expect(await get('/livez')).toMatchObject({ status: 200 })
  const metrics = await get('/metrics')
  expect(metrics.body).toMatch(/^process_cpu_seconds_total /m)
  expect(metrics.body).toMatch(/^sundial_core_scrape_up 1$/m)
  worker.child.kill('SIGTERM')
  expect(await once(worker.child, 'close')).toEqual([0, null])
  expect(worker.output).toMatch(/"scale":"kitchen".*"application started"/)
  expect(worker.output).toContain('application stopped')
  // Below the 40 s that a pod of it is given.
  expect(worker.output).toMatch(/"stopDeadlineMs":38000.*"stopping"/)
})

test('a wrong environment is named, all of it, and ends the process', { timeout: 30_000 }, async () => {
  const worker = startWorker({ TEMPORAL_ADDRESS: 'here', TEMPORAL_NAMESPACE: '', OPERATIONS_ADDRESS: '', SCALE_LIMIT: 'ten', LOG_LEVEL: 'loud' })
  expect(await once(worker.child, 'close')).toEqual([1, null])
  const fatal = worker.output.split('\n').find((line) => line.includes('"fatal"'))
  expect((JSON.parse(fatal ?? '{}') as { err?: { message: string } }).err?.message.split('\n')).toEqual([
    '5 settings are wrong:',
    '  - TEMPORAL_ADDRESS is "here"; write host:port, such as 127.0.0.1:7233',
    '  - TEMPORAL_NAMESPACE is not set',
    '  - OPERATIONS_ADDRESS is not set; write host:port, such as 127.0.0.1:7233',
    '  - SCALE_LIMIT is "ten"; write a number',
    '  - LOG_LEVEL is "loud"; write one of trace, debug, info, warn, error, fatal, silent',
  ])
  expect(worker.output).not.toContain('application started')
})

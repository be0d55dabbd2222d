import { createServer } from 'node:http'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { Stage, served, statusOf, until, whenReady } from './stage.fixture.ts'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(async () => await stage.close())

/** A service that is asked often and not waited for long. */
async function impatient(role: Parameters<typeof served>[0] = {}): Promise<Awaited<ReturnType<typeof served>>> {
  const service = await served(role)
  return { ...service, ready: { ...service.ready!, periodSeconds: 0.02, timeoutSeconds: 0.1 } }
}

test('a process that hangs is killed and started again; one that says that it is not ready is left alone', async () => {
  const roles = { server: await impatient({ env: { NOT_READY: '' } }), worker: await impatient({ needs: whenReady('server') }) }
  const supervisor = await stage.start(roles, { timing: { hungAfterMs: 4_000, silentStartMs: 60_000 } })
  await supervisor.whenReady()
  const [server, worker] = [statusOf(supervisor, 'server').pid!, statusOf(supervisor, 'worker').pid!]
  stage.makeNotReady()
  await until(supervisor, 'worker', ({ state }) => state === 'not-ready')
  process.kill(server, 'SIGSTOP')
  const killed = await until(supervisor, 'server', ({ state }) => state === 'restarting')
  expect(killed.problem).toMatch(/^gave no answer for 4 s, and was killed: ./)
  const again = await until(supervisor, 'server', ({ state }) => state === 'ready')
  expect([again.pid === server, again.restarts]).toEqual([false, 1])
  expect(statusOf(supervisor, 'worker')).toMatchObject({ pid: worker, restarts: 0, state: 'not-ready' })
})

test('a process that is stopped for a moment keeps its place', async () => {
  const supervisor = await stage.start({ server: await impatient() }, { timing: { hungAfterMs: 60_000 } })
  await supervisor.whenReady()
  const { pid } = statusOf(supervisor, 'server')
  process.kill(pid!, 'SIGSTOP')
  await until(supervisor, 'server', ({ state }) => state === 'not-ready')
  process.kill(pid!, 'SIGCONT')
  expect(await until(supervisor, 'server', ({ state }) => state === 'ready')).toMatchObject({ pid, restarts: 0 })
})

test('another program that answers on the port of a process does not count as that process', async () => {
  const service = await served()
  const number = Number(service.env?.['PORT'])
  const supervisor = await stage.start({ server: { ...service, ports: { http: { number, protocol: 'http' } } } })
  await supervisor.whenReady()
  process.kill(statusOf(supervisor, 'server').pid!, 'SIGSTOP')
  process.kill(statusOf(supervisor, 'server').pid!, 'SIGKILL')
  const foreign = createServer((_request, response) => response.end('I am well'))
  onTestFinished(() => void foreign.close())
  await until(supervisor, 'server', ({ state }) => state === 'restarting')
  foreign.listen(number, '127.0.0.1')
  await once(foreign, 'listening')
  const waiting = await until(supervisor, 'server', ({ restarts, state }) => restarts >= 3 && state === 'restarting')
  expect(waiting.problem).toBe(`its port ${number} (http) is in use by another program`)
  expect(stage.events().filter((event) => event === 'server started')).toHaveLength(1)
  foreign.close()
  foreign.closeAllConnections()
  await until(supervisor, 'server', ({ state }) => state === 'ready')
})

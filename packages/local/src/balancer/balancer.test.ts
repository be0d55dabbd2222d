import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../free-port.fixture.ts'
import { balancing, copies, type Client } from './balancer.fixture.ts'

async function pair() {
  const [a, b] = (await copies('a', 'b')) as [Awaited<ReturnType<typeof copies>>[number], Awaited<ReturnType<typeof copies>>[number]]
  const balanced = await balancing([await a.backend(), await b.backend()])
  await balanced.untilReady('a', 'b')
  return { a, b, balanced }
}

/** Who is at the other end. */
const whoAnswers = async (client: Client) => (await client.say('hello'))?.split(' ')[0]

test('connections are spread over the copies that are ready', async () => {
  const { balanced } = await pair()
  const clients = await Promise.all([1, 2, 3, 4].map(() => balanced.connect()))
  const answers = await Promise.all(clients.map(whoAnswers))
  expect(answers.toSorted()).toEqual(['a', 'a', 'b', 'b'])
  expect((await balanced.health()).body.backends).toMatchObject([{ connections: 2 }, { connections: 2 }])
  for (const client of clients) client.leave()
  await expect.poll(async () => (await balanced.health()).body.backends.map(({ connections }) => connections), { timeout: 10_000 }).toEqual([0, 0])
})

test('a copy that is killed breaks its own connections only, and is skipped at once, before any probe', async () => {
  const { a, balanced } = await pair()
  const [first, second] = [await balanced.connect(), await balanced.connect()]
  const names = [await whoAnswers(first), await whoAnswers(second)]
  const [ofA, ofB] = names[0] === 'a' ? [first, second] : [second, first]
  await a.kill()
  const after = await Promise.all([1, 2, 3, 4, 5, 6].map(() => balanced.connect()))
  expect(await Promise.all(after.map(whoAnswers))).toEqual(['b', 'b', 'b', 'b', 'b', 'b'])
  await ofA.broken()
  expect(await whoAnswers(ofB)).toBe('b')
  await a.start()
  expect(await whoAnswers(await balanced.connect())).toBe('a')
})

test('a copy that accepts connections but is not ready gets none while another is', async () => {
  const { a, balanced } = await pair()
  a.ready = false
  await balanced.untilReady('b')
  const clients = await Promise.all([1, 2, 3].map(() => balanced.connect()))
  expect(await Promise.all(clients.map(whoAnswers))).toEqual(['b', 'b', 'b'])
  a.ready = true
  await balanced.untilReady('a', 'b')
  expect(await whoAnswers(await balanced.connect())).toBe('a')
})

test('when none is ready, one that accepts is better than none', async () => {
  const { a, b, balanced } = await pair()
  a.ready = b.ready = false
  await balanced.untilReady()
  expect(await balanced.health()).toMatchObject({
    status: 503,
    body: { ready: false, backends: [{ problem: 'answered 503: ' }, { problem: 'answered 503: ' }] },
  })
  expect(await whoAnswers(await balanced.connect())).toMatch(/^[ab]$/)
})

test('when all refuse, the client’s connection is broken, and that is logged once; one that comes back is used', async () => {
  const { a, b, balanced } = await pair()
  await Promise.all([a.kill(), b.kill()])
  for (let attempt = 0; attempt < 3; attempt++) await (await balanced.connect()).broken()
  expect(balanced.log.filter((line) => line.includes('no backend accepts connections'))).toHaveLength(1)
  await b.start()
  expect(await whoAnswers(await balanced.connect())).toBe('b')
})

test('each direction ends by itself: a client that has said its last still gets the answer', async () => {
  const { balanced } = await pair()
  const answer = await (await balanced.connect()).finish('the last')
  expect(answer).toMatch(/^(a|b) heard the last\1 says goodbye$/)
})

test('much data passes unharmed', async () => {
  const { balanced } = await pair()
  const answer = await (await balanced.connect()).finish('x'.repeat(5_000_000))
  expect(answer.match(/x/g)).toHaveLength(5_000_000)
})

test('a copy that neither accepts nor refuses is given up after a second', async (context) => {
  if (process.platform !== 'linux') context.skip('it depends on what Linux does when nobody accepts')
  const [b] = await copies('b')
  const stuck = await stuckServer()
  const balanced = await balancing([{ name: 'stuck', ports: { line: { host: '127.0.0.1', port: stuck } } }, await b!.backend()])
  const answers = await Promise.all([1, 2].map(async () => whoAnswers(await balanced.connect())))
  expect(answers).toEqual(['b', 'b'])
})

test('an address that is taken is an error', async () => {
  const [a] = await copies('a')
  const backend = await a!.backend()
  const { startBalancer } = await import('./balancer.ts')
  const { pino } = await import('pino')
  const taken = backend.ports['line']!
  const health = { host: '127.0.0.1', port: await freePort() }
  await expect(startBalancer({ health, ports: { line: taken }, backends: [backend] }, pino({ level: 'silent' }))).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

/** A server that is stopped, with as many connections waiting as the system keeps for it: of the next, nobody hears. */
async function stuckServer(): Promise<number> {
  const port = await freePort()
  const server = fork(fileURLToPath(new URL('stuck-server.fixture.mjs', import.meta.url)), [String(port)])
  onTestFinished(() => void server.kill('SIGKILL'))
  await once(server, 'message')
  server.kill('SIGSTOP')
  const waiting = Array.from({ length: 8 }, () => connect({ port, host: '127.0.0.1' }).on('error', () => undefined))
  onTestFinished(() => waiting.forEach((socket) => void socket.destroy()))
  await once(waiting[0]!, 'connect')
  return port
}

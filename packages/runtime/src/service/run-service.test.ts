import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const fixture = fileURLToPath(new URL('../../dist/service/run-service.fixture.js', import.meta.url))

interface LogLine {
  readonly level: string
  readonly msg: string
  readonly err?: { readonly message: string }
}

/** Runs the fixture, sends the signals one after the other as its output shows the words, and gives what it said and its exit code. */
async function run(behaviour: string, signals: readonly (readonly [word: string, signal: NodeJS.Signals])[] = []) {
  const child = spawn(process.execPath, [fixture, behaviour], { stdio: ['ignore', 'pipe', 'inherit'] })
  const queue = [...signals]
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (queue[0] && output.includes(queue[0][0])) child.kill(queue.shift()?.[1])
  })
  const [code] = (await once(child, 'close')) as [number | null]
  const lines = output.trim().split('\n')
  const logs = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LogLine)
  return {
    code,
    stopping: logs.find(({ msg }) => msg === 'stopping'),
    said: lines.filter((line) => !line.startsWith('{')),
    problems: logs.filter(({ level }) => level === 'fatal' || level === 'error'),
  }
}

test.each(['SIGTERM', 'SIGINT'] as const)('stops in reverse order on %s', async (signal) => {
  const { code, said, problems } = await run('', [['started', signal]])
  expect({ code, said, problems }).toEqual({ code: 0, said: ['up', 'stop second', 'stop first', 'after'], problems: [] })
})

test('a step that fails does not keep the others from running', async () => {
  const { code, said, problems } = await run('broken-stop', [['started', 'SIGTERM']])
  expect({ code, said }).toEqual({ code: 1, said: ['up', 'stop second', 'stop first', 'after'] })
  expect(problems).toMatchObject([{ msg: 'a step of stopping failed', step: 'second', err: { message: 'cannot stop' } }])
})

test('a second signal exits at once', async () => {
  const { code, said } = await run('endless-stop', [
    ['started', 'SIGTERM'],
    ['stop second', 'SIGINT'],
  ])
  expect({ code, said }).toEqual({ code: 1, said: ['up', 'stop second'] })
})

test('stopping has a deadline', async () => {
  const { code, problems } = await run('endless-stop', [['started', 'SIGTERM']])
  expect({ code, problems }).toMatchObject({ code: 1, problems: [{ msg: 'stopping took too long', step: 'second' }] })
})

test('the deadline is before the one of Kubernetes, unless another is given', async () => {
  expect((await run('', [['started', 'SIGTERM']])).stopping).toMatchObject({ stopDeadlineMs: 27_000 })
})

test('a signal during a long start is no failure', async () => {
  const { code, said, problems } = await run('long-start', [['up', 'SIGTERM']])
  expect({ code, said, problems }).toEqual({ code: 0, said: ['up', 'stop second', 'stop first', 'after'], problems: [] })
})

test.each([
  ['broken-start', 'cannot start', []],
  ['fails-later', 'lost the server', ['up']],
  ['throws-later', 'nobody caught this', ['up']],
])('%s: stops what was started and ends with 1', async (behaviour, message, before) => {
  const { code, said, problems } = await run(behaviour)
  expect({ code, said }).toEqual({ code: 1, said: [...before, 'stop second', 'stop first', 'after'] })
  expect(problems).toMatchObject([{ level: 'fatal', err: { message } }])
})

test('something forgotten does not keep the process alive', async () => {
  expect(await run('lingers', [['started', 'SIGTERM']])).toMatchObject({ code: 0 })
})

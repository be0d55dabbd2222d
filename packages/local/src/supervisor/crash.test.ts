import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { endOrphans } from './index.ts'
import { readProcesses } from './process-record.ts'
import { Stage, runs, served, whenReady, type Role } from './stage.fixture.ts'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(async () => {
  await endOrphans(stage.run)
  await stage.close()
})

/** Runs a supervisor as a process of its own, in a process group of its own as a shell would. Resolves when everything is ready. */
async function supervise(roles: Readonly<Record<string, Role>>, outcome: 'stay' | 'throw' = 'stay'): Promise<ChildProcess> {
  const { plan, prepare } = stage.options(roles)
  const prepared = await Promise.all(plan.processes.map(async (spec) => [spec.name, await prepare(spec)] as const))
  const program = prepared[0]?.[1].args[0]
  const given = { ...plan, env: Object.fromEntries(prepared.map(([name, { env }]) => [name, env])), program, folder: stage.folder, outcome }
  const main = fileURLToPath(new URL('supervise.fixture.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', main, JSON.stringify(given)], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  await once(child.stdout, 'data')
  return child
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal)
  await once(child, 'exit')
}

const pid = (name: string): number => stage.pids(`${name} started`)[0] ?? 0

test('Ctrl-C on the terminal reaches the supervisor and not its processes', async () => {
  const supervisor = await supervise({ server: await served() })
  process.kill(-supervisor.pid!, 'SIGINT')
  await expect.poll(() => stage.events()).toContain('supervisor asked SIGINT')
  await end(supervisor, 'SIGKILL')
  expect(runs(pid('server'))).toBe(true)
  expect(stage.events()).not.toContain('server asked SIGINT')
})

test('what a killed supervisor leaves behind is ended by the next, the last started first, each by its own signal', async () => {
  const database = await served({ stop: { signal: 'SIGINT', graceSeconds: 10 } })
  const roles = { database, server: await served({ needs: whenReady('database'), env: { STOP_MS: '100' } }) }
  await end(await supervise(roles), 'SIGKILL')
  expect([runs(pid('database')), runs(pid('server'))]).toEqual([true, true])
  expect(await endOrphans(stage.run)).toEqual(['server', 'database'])
  expect([runs(pid('database')), runs(pid('server'))]).toEqual([false, false])
  expect(stage.events().slice(2)).toEqual(['server asked SIGTERM', 'server stopped', 'database asked SIGINT', 'database stopped'])
  expect(await endOrphans(stage.run)).toEqual([])
})

test('an orphan that stops well takes with it what it started', async () => {
  await end(await supervise({ careless: await served({ env: { GRANDCHILD: '1' } }) }), 'SIGKILL')
  const [grandchild = 0] = stage.pids('careless grandchild')
  expect(runs(grandchild)).toBe(true)
  expect(await endOrphans(stage.run)).toEqual(['careless'])
  expect(stage.events()).toContain('careless stopped')
  await expect.poll(() => runs(grandchild)).toBe(false)
})

test('an orphan that does not stop is killed with all that it started', async () => {
  const stubborn = await served({ env: { IGNORE: '1', GRANDCHILD: '1' }, stop: { signal: 'SIGTERM', graceSeconds: 0.2 } })
  await end(await supervise({ stubborn }), 'SIGKILL')
  expect(await endOrphans(stage.run)).toEqual(['stubborn'])
  expect(stage.events()).toContain('stubborn asked SIGTERM')
  const [grandchild = 0] = stage.pids('stubborn grandchild')
  expect(runs(pid('stubborn'))).toBe(false)
  await expect.poll(() => runs(grandchild)).toBe(false)
})

test('a process that only has the number of an orphan is left alone', async () => {
  const supervisor = await supervise({ server: await served() })
  await end(supervisor, 'SIGKILL')
  const record = join(stage.run, 'processes.json')
  const real = readFileSync(record, 'utf8')
  writeFileSync(record, JSON.stringify(readProcesses(stage.run).map((each) => ({ ...each, started: '1' }))))
  expect(await endOrphans(stage.run)).toEqual([])
  expect(runs(pid('server'))).toBe(true)
  writeFileSync(record, real)
  expect(await endOrphans(stage.run)).toEqual(['server'])
})

test('after an error that nobody caught the supervisor asks its processes to stop as it goes', async () => {
  const supervisor = await supervise({ server: await served() }, 'throw')
  if (supervisor.exitCode === null) await once(supervisor, 'exit')
  expect(supervisor.exitCode).toBe(1)
  await expect.poll(() => stage.events()).toContain('server stopped')
})

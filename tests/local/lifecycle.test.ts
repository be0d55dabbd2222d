import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readStatus, stateFolder, type StateFolder } from '@sundial/local'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { account } from '../shop/accounting.ts'
import { ShopApi } from '../shop/api.ts'
import { readBooks } from '../shop/books.ts'
import { follow } from '../shop/customer.ts'
import { orderOf } from '../shop/mix.ts'
import { COMMAND, ROOT, sundial } from '../support/command.ts'
import { PlatformClient } from '../support/platform-client.ts'
import { running } from '../support/proc.ts'

let stateRoot: string
let state: StateFolder
beforeAll(async () => {
  stateRoot = await mkdtemp(join(tmpdir(), 'sundial-second-'))
  vi.stubEnv('SUNDIAL_STATE', stateRoot)
  state = stateFolder(ROOT, 'development')
  vi.unstubAllEnvs()
})
afterAll(() => rm(stateRoot, { recursive: true }))

test('up --demo starts beside another platform, runs a real order, and leaves nothing behind after Ctrl-C', async () => {
  const up = spawn(process.execPath, [COMMAND, 'up', '--demo'], {
    cwd: ROOT,
    env: { ...process.env, SUNDIAL_STATE: stateRoot, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const exited = new Promise<number | null>((resolve) => up.once('exit', resolve))
  const until = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = (): void => void (pattern.test(output) && resolve())
      up.stdout.on('data', look)
      void exited.then(() => reject(new Error(`it ended before ${pattern}:\n${output}`)))
      look()
    })
  up.stdout.on('data', (chunk) => (output += String(chunk)))
  up.stderr.on('data', (chunk) => (output += String(chunk)))

  await until(/Logs +\.\/sundial logs/)
  expect(output).toMatch(/✓ ready in [\d.]+ s/)
  expect(output).toMatch(/Order demo-[^]*received[^]*reserved[^]*card charged[^]*waits for approval[^]*approved[^]*shipped[^]*completed[^]*Fulfilled in \d+ ms/)
  expect(output).toMatch(/Temporal Web UI +http:\/\/127\.0\.0\.1:\d+ +log in as developer/)
  const pids = await runningPids()
  expect(pids.length).toBeGreaterThanOrEqual(11)
  expect(await running(pids)).toEqual(pids)

  up.kill('SIGINT')
  expect(await exited).toBe(0)
  expect(output).toMatch(/✓ stopped in [\d.]+ s; nothing is left running/)
  expect(await running(pids)).toEqual([])
  expect(await sundial(['status'], { stateRoot })).toMatchObject({ code: 1, stderr: expect.stringContaining('does not run') })
  expect(await sundial(['down'], { stateRoot })).toMatchObject({ code: 1, stderr: expect.stringContaining('does not run') })
})

test('up --fresh that is killed while it removes is finished by the next up, and one that is killed while it starts is taken over', async () => {
  const { secrets, data } = state
  const removing = start('up', '--fresh')
  await untilTrue(() => !existsSync(join(secrets, 'postgresql-superuser', 'password')) || !existsSync(data))
  await end(removing, 'SIGKILL')
  const starting = start('up')
  await untilTrue(async () => (await pidOf('postgresql')) !== undefined)
  const pids = await runningPids()
  await end(starting, 'SIGKILL')
  expect(await running(pids)).not.toEqual([])
  expect(await sundial(['up', '--detach'], { stateRoot })).toMatchObject({ code: 0, stdout: expect.stringMatching(/ready in/) })
  expect(await running(pids)).toEqual([])
})

test('a supervisor that is killed while orders run leaves everything to the next, and no order is lost', async () => {
  const platform = new PlatformClient(state)
  const before = await readBooks(platform)
  const over = new AbortController()
  const api = new ShopApi(platform, over.signal)
  let taken = 0
  const orders = Array.from({ length: 40 }, (_, number) => orderOf(number, 'takeover')).filter(({ allowed }) => !allowed.includes('ApprovalExpired'))
  const followed = orders.map((order) => follow(api, order, () => void taken++))
  await untilTrue(() => taken >= orders.length / 2)
  const pids = await runningPids()
  process.kill((await platform.status()).pid, 'SIGKILL')
  const status = await sundial(['status'], { stateRoot })
  expect(status).toMatchObject({ code: 1, stderr: expect.stringContaining('was killed, and left these running') })
  const names = (await leftNames()).toSorted()
  expect(/left these running: (.*)/.exec(status.stderr)?.[1]?.split(', ').toSorted()).toEqual(names)
  expect((await sundial(['up', '--detach'], { stateRoot })).code).toBe(0)
  expect(await running(pids)).toEqual([])
  expect(account(before, await Promise.all(followed), await readBooks(platform)).violations).toEqual([])
})

test('what a supervisor leaves that is killed while it stops is ended by down', async () => {
  const { pid } = await new PlatformClient(state).status()
  const pids = await runningPids()
  process.kill(pid, 'SIGTERM')
  await untilTrue(async () => (await readStatus(state))?.state === 'stopping')
  process.kill(pid, 'SIGKILL')
  const down = await sundial(['down'], { stateRoot })
  // Everything may have ended by itself already.
  expect(down.code === 0 || down.stderr.includes('does not run')).toBe(true)
  expect(await running(pids)).toEqual([])
})

function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [COMMAND, ...args], { cwd: ROOT, env: { ...process.env, SUNDIAL_STATE: stateRoot, NO_COLOR: '1' }, stdio: 'ignore' })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal)
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** Looks often: what is waited for may last for milliseconds. */
async function untilTrue(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(1)
}

async function pidOf(name: string): Promise<number | undefined> {
  return (await readStatus(state))?.processes.find((process) => process.name === name)?.pid
}

async function lastStatus(): Promise<{ name: string; pid?: number }[]> {
  const { processes } = JSON.parse(await readFile(join(state.run, 'status.json'), 'utf8')) as { processes: { name: string; pid?: number }[] }
  return processes.filter(({ pid }) => pid !== undefined)
}

async function leftNames(): Promise<string[]> {
  return (await lastStatus()).map(({ name }) => name)
}

async function runningPids(): Promise<number[]> {
  return (await lastStatus()).flatMap(({ pid }) => pid ?? [])
}

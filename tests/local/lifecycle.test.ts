import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COMMAND, ROOT, sundial } from '../support/command.ts'
import { running } from '../support/proc.ts'

let stateRoot: string
beforeAll(async () => {
  stateRoot = await mkdtemp(join(tmpdir(), 'sundial-second-'))
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

  await until(/files in .*logs/)
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

test('up --fresh begins with no data; what a killed supervisor leaves is named by status, and ended by down', async () => {
  expect(await sundial(['up', '--detach', '--fresh'], { stateRoot })).toMatchObject({ code: 0, stdout: expect.stringMatching(/ready in/) })
  const { pid, processes } = JSON.parse((await sundial(['status', '--json'], { stateRoot })).stdout) as {
    pid: number
    processes: { name: string; pid?: number }[]
  }
  const pids = await runningPids()
  process.kill(pid, 'SIGKILL')
  const status = await sundial(['status'], { stateRoot })
  expect(status).toMatchObject({ code: 1, stderr: expect.stringContaining('was killed, and left these running') })
  const names = processes.filter((process) => process.pid !== undefined).map(({ name }) => name)
  expect(/left these running: (.*)/.exec(status.stderr)?.[1]?.split(', ').toSorted()).toEqual(names.toSorted())
  expect((await sundial(['down'], { stateRoot })).code).toBe(0)
  expect(await running(pids)).toEqual([])
})

async function runningPids(): Promise<number[]> {
  const { processes } = JSON.parse(await readFile(join(stateRoot, 'development', 'run', 'status.json'), 'utf8')) as { processes: { pid?: number }[] }
  return processes.flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
}

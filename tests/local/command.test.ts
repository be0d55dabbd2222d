import { mkdtemp, rm, writeFile, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { ROOT, sundial } from '../support/command.ts'

const stateRoot = inject('stateRoot')
const run = (args: readonly string[]) => sundial(args, { stateRoot })

test('status shows every process as ready, and says so with its exit code', async () => {
  const { code, stdout } = await run(['status', '--json'])
  const status = JSON.parse(stdout) as { state: string; processes: { name: string; kind: string; state: string }[] }
  expect(code).toBe(0)
  expect(status.state).toBe('ready')
  const services = status.processes.filter(({ kind }) => kind === 'service')
  expect(services.map(({ name }) => name).sort()).toEqual([
    'identity',
    'orders-api',
    'orders-payment',
    'orders-worker',
    'postgresql',
    'temporal-codec',
    'temporal-frontend',
    'temporal-history',
    'temporal-internal-frontend',
    'temporal-matching',
    'temporal-system-worker',
    'temporal-ui',
  ])
  expect(services.every(({ state }) => state === 'ready')).toBe(true)
})

test('a second up says that it runs already', async () => {
  for (const args of [['up'], ['up', '--detach'], ['up', '--fresh']]) {
    const { code, stderr } = await run(args)
    expect(code, args.join(' ')).toBe(1)
    expect(stderr, args.join(' ')).toMatch(/runs already: process \d+.*\n[^]*sundial down/)
  }
})

test('settings that were changed since the start are named, with what to do', async () => {
  const env = { ORDERS_APPROVAL_DEADLINE: '25s' }
  const said = [await sundial(['status'], { stateRoot, env }), await sundial(['plan'], { stateRoot, env }), await sundial(['up'], { stateRoot, env })]
  expect(said.map(({ code }) => code)).toEqual([0, 0, 1])
  for (const { stdout, stderr } of said) {
    expect(stdout + stderr).toContain('applications.orders.worker.env.APPROVAL_DEADLINE: "20s" runs, "25s" is configured')
    expect(stdout + stderr).toContain('./sundial down && ./sundial up')
  }
  expect((await sundial(['status'], { stateRoot, env: { ORDERS_APPROVAL_DEADLINE: '20s' } })).stdout).not.toContain('is configured')
})

test('restart replaces one process of a platform that runs in the background', async () => {
  const pids = async () => {
    const { processes } = JSON.parse((await run(['status', '--json'])).stdout) as { processes: { name: string; pid?: number }[] }
    return new Map(processes.map(({ name, pid }) => [name, pid]))
  }
  const before = await pids()
  expect(await run(['restart', 'orders-payment'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^✓ orders-payment is ready again after [\d.]+ s\n$/),
  })
  const after = await pids()
  expect([...after].filter(([name, pid]) => before.get(name) !== pid).map(([name]) => name)).toEqual(['orders-payment'])
  expect(await run(['restart', 'orders-paymnt'])).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "orders-payment"?') })
})

test('logs are those of one process or of all', async () => {
  expect((await run(['logs', 'temporal-schema', '--lines', '2'])).stdout.trimEnd().split('\n')).toHaveLength(2)
  expect((await run(['logs'])).stdout).toMatch(/^temporal-history +\{/m)
  const unknown = await run(['logs', 'orders-workr'])
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "orders-worker"?') })
})

test('plan, graph, toolchain and config schema print data for programs', async () => {
  const json = async (args: readonly string[]) => JSON.parse((await run(args)).stdout)
  expect(await json(['plan', '--json'])).toMatchObject({ platform: { name: 'sundial', environment: 'development' } })
  expect(await json(['graph', '--json'])).toContainEqual(expect.objectContaining({ from: 'orders-worker', to: 'temporal-frontend', tls: 'mutual' }))
  expect(await json(['toolchain', '--json'])).toContainEqual(expect.objectContaining({ name: 'temporal', version: '1.32.1' }))
  expect(await json(['config', 'schema'])).toMatchObject({ $schema: expect.stringContaining('2020-12'), required: ['name'] })
})

test('the graph is a Mermaid flowchart', async () => {
  expect((await run(['graph'])).stdout).toMatch(/^flowchart LR\n[^]*orders_worker -->\|grpc \+ mTLS \+ token\| temporal_frontend/)
})

test('doctor finds nothing that would stop a platform that runs', async () => {
  const { code, stdout } = await run(['doctor', '--json'])
  const { findings } = JSON.parse(stdout) as { findings: { check: string; verdict: string; found: string }[] }
  expect(findings.filter(({ verdict }) => verdict === 'problem')).toEqual([])
  expect(code).toBe(0)
  expect(findings).toContainEqual({ check: 'ports', verdict: 'ok', found: expect.stringMatching(/^in use by this platform, which runs as process \d+$/) })
  expect(findings).toContainEqual({ check: 'certificates', verdict: 'ok', found: expect.stringMatching(/^\d+ certificates, valid for more than 14 days$/) })
})

test('every command explains itself with examples', async () => {
  for (const command of ['up', 'down', 'status', 'logs', 'plan', 'graph', 'toolchain', 'doctor', 'version', 'config check', 'config schema']) {
    const { code, stdout } = await run([...command.split(' '), '--help'])
    expect(code, command).toBe(0)
    expect(stdout, command).toMatch(/Examples:\n {2}.*sundial/)
  }
})

test('a wrong command line is refused with what is possible', async () => {
  expect(await run(['upp'])).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean up?') })
  expect(await run(['plan', '--replicas', 'histroy=2'])).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean "history"?') })
  expect(await run(['up', '--replicas', 'history'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--replicas is "history"; it must be a name, "="'),
  })
  expect(await run(['plan', '--environment', 'prod'])).toMatchObject({ code: 2, stderr: expect.stringMatching(/development, staging, production/) })
})

describe('in another folder', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sundial-config-'))
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  })
  afterAll(() => rm(folder, { recursive: true }))
  const withConfig = async (text: string, args: readonly string[]) => {
    await writeFile(join(folder, 'sundial.config.ts'), text)
    return sundial(args, { stateRoot, cwd: folder })
  }

  test('there is no configuration', async () => {
    expect(await sundial(['plan'], { stateRoot, cwd: tmpdir() })).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no sundial.config.ts') })
  })
  test('a configuration that cannot be read says why', async () => {
    expect(await withConfig('export default {', ['plan'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/could not be loaded: [^]*sundial\.config\.ts/),
    })
    expect(await withConfig('export const x = 1', ['plan'])).toMatchObject({ code: 2, stderr: expect.stringContaining('has no default export') })
  })
  test('a broken configuration lists every problem with its path and a suggestion', async () => {
    const { code, stderr } = await withConfig(`export default { name: 'Shop', postgresl: {}, temporal: { logLevel: 'warning' } }`, ['up'])
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /3 problems[^]*name {2}sundial\.config\.ts:1:24\n[^]*lower case[^]*temporal\.logLevel {2}\S+\n[^]*allowed: debug, info, warn, error[^]*postgresl {2}\S+\n[^]*did you mean "postgresql"\?/,
    )
  })
})

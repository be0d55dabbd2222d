import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT, runCli } from '../config/project.fixture.ts'

const ORDERS = join(ROOT, 'apps/orders')
/** Milliseconds: the bundler has seconds of work, and a machine with many tests takes long for it. */
const PATIENCE = 90_000

let project: string
beforeAll(async () => {
  project = await realpath(await mkdtemp(join(tmpdir(), 'sundial-replay-')))
  await symlink(join(ROOT, 'node_modules'), join(project, 'node_modules'))
  for (const part of ['package.json', 'dist', 'histories']) await cp(join(ORDERS, part), join(project, part), { recursive: true })
  const config = { name: 'shop', applications: { orders: { contract: './dist/contract.js', worker: { module: './dist/worker.js' } } } }
  await writeFile(join(project, 'sundial.config.yaml'), JSON.stringify(config))
}, 60_000)
afterAll(() => rm(project, { recursive: true }))

test('what is recorded goes on with the code of today', { timeout: 2 * PATIENCE }, async () => {
  expect(await runCli(['replay'], ROOT, PATIENCE)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^✓ orders: \d+ of fulfil-order/) as string })
})

test('an activity that was moved is caught: the workflow and the activity are named', { timeout: 2 * PATIENCE }, async () => {
  const file = join(project, 'dist/workflows/fulfil-order.js')
  const code = await readFile(file, 'utf8')
  const [reserve, charge] = ['await steps.reserve(claim);', 'const chargeId = await steps.charge(claim);']
  const moved = code.replace(charge, '').replace(reserve, `${charge} ${reserve}`)
  expect(moved).not.toBe(code)
  await writeFile(file, moved)
  const { code: exitCode, stdout } = await runCli(['replay', 'histories/completed.json'], project, PATIENCE)
  expect(exitCode).toBe(1)
  expect(stdout).toMatchInlineSnapshot(`
    "✗ orders: 1 of fulfil-order; 1 cannot go on with this code

      fulfil-order completed
        run 01a20db9-2403-7e8e-bb26-f18908d06c1b
        Activity type of scheduled event 'reserveStock' does not match activity type of activity command 'chargeCard'

    → undo the change;
    → or keep what was for what runs: if (patched('name')) { new } else { old };
    → or deploy it as a new version of a pinned worker deployment: what runs stays on the old one.
    "
  `)
})

test('says what is no history, and what does not go together', async () => {
  expect(await runCli(['replay', 'package.json'], project)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('package.json is no history: ') as string,
  })
  expect(await runCli(['replay', 'nowhere'], project)).toMatchObject({ code: 2, stderr: expect.stringContaining('nowhere is not there') as string })
  expect(await runCli(['replay', '--record', 'x'], project)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--record and --query are for --live') as string,
  })
})

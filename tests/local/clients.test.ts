import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { ROOT, sundial } from '../support/command.ts'
import { order } from '../support/orders.ts'
import { addressOf, certificateFiles, secretFile } from '../support/platform.ts'
import { pythonWith } from '../support/python.ts'
import { tokenOf } from '../support/tokens.ts'

const run = promisify(execFile)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sundial-clients-'))
  const { code, stderr } = await sundial(['contract', 'build', '--out', folder], { stateRoot: inject('stateRoot') })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
}, 120_000)
afterAll(() => rm(folder, { recursive: true }))

/** What the program of a user of the generated client prints. */
const PROGRAM = `import { CardDeclined, createOrdersClient, type FulfilOrderInput } from './client.ts'

const { orders, url, token } = JSON.parse(process.argv[2] ?? '') as { orders: [FulfilOrderInput, FulfilOrderInput, FulfilOrderInput]; url: string; token: string }
const client = createOrdersClient({ baseUrl: url, token: async () => token })
const [good, declined, large] = orders

const first = await client.fulfilOrder.start(good, { workflowId: good.orderId })
const fulfilled = await first.result()
const { step } = await first.queries.status()
const again = await client.fulfilOrder.ensure(declined.orderId, declined)
const refused = await again.result().then(
  () => undefined,
  (error: unknown) => (error instanceof CardDeclined ? { name: error.name, reason: error.data.reason, status: error.status, retryable: error.retryable } : String(error)),
)
const waiting = await client.fulfilOrder.start(large)
while ((await waiting.queries.status()).step !== 'waiting-for-approval') await new Promise((resolve) => setTimeout(resolve, 50))
await waiting.signals.approve({ by: 'Ada' })
const { approvedBy } = await waiting.result()
const { accepted } = await client.dailyReport.run({ day: new Date().toISOString().slice(0, 10) })
console.log(JSON.stringify({ trackingNumber: fulfilled.trackingNumber, step, refused, approvedBy, type: (await first.describe()).type, accepted }))
`

test('the client that is generated compiles under strict, and runs orders', async () => {
  const built = join(folder, 'orders')
  await writeFile(join(built, 'package.json'), '{ "type": "module" }')
  await writeFile(join(built, 'program.ts'), PROGRAM)
  const options = '--strict --target es2022 --module nodenext --lib es2022,dom --types node --allowImportingTsExtensions --rewriteRelativeImportExtensions'
  await run(join(ROOT, 'node_modules/.bin/tsc'), [...options.split(' '), '--typeRoots', join(ROOT, 'node_modules/@types'), 'program.ts'], { cwd: built })
  const input = {
    orders: [order(), order({ cardNumber: '4000000000000002' }), order({ lines: [{ sku: 'armillary-sphere', quantity: 2 }] })],
    url: `http://${await addressOf('orders-api', 'http')}`,
    token: await tokenOf('orders-shop', 'orders:read orders:write orders:approve'),
  }
  const { stdout } = await run(process.execPath, [join(built, 'program.js'), JSON.stringify(input)])
  expect(JSON.parse(stdout)).toEqual({
    trackingNumber: expect.stringMatching(/^SD\d+$/),
    step: 'completed',
    refused: { name: 'CardDeclined', reason: 'card-declined', status: 402, retryable: false },
    approvedBy: 'Ada',
    type: 'fulfil-order',
    accepted: expect.toSatisfy((count: number) => count >= 3),
  })
}, 60_000)

test('the document that is built is the one that the API serves', async () => {
  const served: unknown = await (await fetch(`http://${await addressOf('orders-api', 'http')}/openapi.json`)).json()
  expect(JSON.parse(await readFile(join(folder, 'orders', 'openapi.json'), 'utf8'))).toEqual(served)
})

test('a client in Python runs an order, reads a declared error, and triggers the daily report', async ({ skip }) => {
  const python = await pythonWith('temporalio==1.35.0', 'cryptography==50.0.2')
  if ('missing' in python) return skip(python.missing)
  const { certFile, keyFile, caFile } = certificateFiles('orders-api', 'client')
  const env = {
    ADDRESS: await addressOf('temporal-frontend', 'grpc'),
    TOKEN: await tokenOf('orders-api'),
    KEYS: dirname(secretFile('orders-payload-keys', '1')),
    CERT: certFile,
    KEY: keyFile,
    CA: caFile,
  }
  const child = run(python.program, [join(ROOT, 'tests/python/orders.py')], { env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: '1' } })
  const good = order()
  child.child.stdin?.end(JSON.stringify([good, order({ cardNumber: '4000000000009995' })]))
  const today = new Date()
  expect(JSON.parse((await child).stdout)).toEqual([
    expect.objectContaining({ orderId: good.orderId, trackingNumber: expect.stringMatching(/^SD\d+$/) as string }),
    { error: 'CardDeclined', data: { reason: 'insufficient-funds' }, retryable: false },
    {
      policies: 'BUFFER_ALL',
      memo: 'orders',
      workflow: expect.stringMatching(/^orders\.daily-report-\d{4}-/) as string,
      result: expect.objectContaining({ day: new Date(today.getTime() - 86_400_000).toISOString().slice(0, 10), accepted: 0 }) as object,
    },
  ])
}, 120_000)

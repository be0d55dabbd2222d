import { randomUUID } from 'node:crypto'
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
const PROGRAM = `import { CardDeclined, createOrdersClient, type FulfilOrderInput, type OrdersFilter } from './client.ts'

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
const { needsApproval } = await client.fulfilOrder.updateWithStart.awaitAcceptance(large.orderId, { start: large, update: {} })
const waiting = client.fulfilOrder.get(large.orderId)
const approved = { ...large, orderId: large.orderId + '-2' }
const ready = await client.fulfilOrder.signalWithStart.approve(approved.orderId, { start: approved, signal: { by: 'Bob' } })
const decidedBefore = (await ready.result()).approvedBy
const steps: string[] = []
for await (const { status, progress } of waiting.events()) {
  steps.push(progress?.step ?? status)
  if (progress?.step === 'waiting-for-approval') await waiting.signals.approve({ by: 'Ada' })
}
const { approvedBy } = await waiting.result()
const { accepted } = await client.dailyReport.run({ day: new Date().toISOString().slice(0, 10) })
const { runId } = await first.describe()
console.log(JSON.stringify({ trackingNumber: fulfilled.trackingNumber, step, refused, needsApproval, approvedBy, decidedBefore, steps, accepted, known: (await first.describe({ runId })).type }))

// A search attribute is there a moment after the workflow is.
const mine: OrdersFilter = { type: 'fulfil-order', attributes: { OrderCustomer: good.customer.id, OrderAmount: { gte: 1 } } }
while ((await client.countWorkflows(mine)).byStatus.COMPLETED !== 3) await new Promise((resolve) => setTimeout(resolve, 100))
const listed: string[] = []
for await (const { workflowId, status } of client.listWorkflows(mine, { pageSize: 1 })) listed.push(workflowId, status)
const { count } = await client.countWorkflows({ ...mine, workflowId: { prefix: good.orderId } })
const [schedule] = await client.listSchedules()
await client.schedules.dailyReport.trigger('to see it')
while ((await client.schedules.dailyReport.describe()).recent.length === 0) await new Promise((resolve) => setTimeout(resolve, 100))
console.log(JSON.stringify({ listed: listed.sort(), count, schedule: schedule?.name }))
`

test('the client that is generated compiles under strict, and runs orders', async () => {
  const built = join(folder, 'orders')
  await writeFile(join(built, 'package.json'), '{ "type": "module" }')
  await writeFile(join(built, 'program.ts'), PROGRAM)
  const options = '--strict --target es2022 --module nodenext --lib es2022,dom --types node --allowImportingTsExtensions --rewriteRelativeImportExtensions'
  await run(join(ROOT, 'node_modules/.bin/tsc'), [...options.split(' '), '--typeRoots', join(ROOT, 'node_modules/@types'), 'program.ts'], { cwd: built })
  // Of this run of the test only.
  const customer = { id: randomUUID(), email: 'grace@example.com' }
  const input = {
    orders: [order({ customer }), order({ customer, cardNumber: '4000000000000002' }), order({ customer, lines: [{ sku: 'armillary-sphere', quantity: 2 }] })],
    url: `http://${await addressOf('orders-api', 'http')}`,
    token: await tokenOf('orders-shop', 'orders:read orders:write orders:approve'),
  }
  const { stdout } = await run(process.execPath, [join(built, 'program.js'), JSON.stringify(input)], { timeout: 110_000 })
  const [ran, found] = stdout.trim().split('\n')
  const [good, declined, large] = input.orders.map(({ orderId }) => orderId)
  expect(JSON.parse(ran ?? '')).toEqual({
    trackingNumber: expect.stringMatching(/^SD\d+$/),
    step: 'completed',
    refused: { name: 'CardDeclined', reason: 'card-declined', status: 402, retryable: false },
    needsApproval: true,
    approvedBy: 'Ada',
    decidedBefore: 'Bob',
    // How many of the steps a stream sees depends on the machine; not whether it sees the one that lasts, and the end.
    steps: expect.arrayContaining(['waiting-for-approval', 'completed']),
    accepted: expect.toSatisfy((count: number) => count >= 4),
    known: 'fulfil-order',
  })
  expect(JSON.parse(found ?? '')).toEqual({
    listed: [good, declined, large, `${large}-2`, 'COMPLETED', 'COMPLETED', 'COMPLETED', 'FAILED'].sort(),
    count: 1,
    schedule: 'daily-report',
  })
}, 120_000)

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

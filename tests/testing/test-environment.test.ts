import type { WorkflowInput } from '@sundial/contract'
import { startTestEnvironment } from '@sundial/worker/testing'
import { orders } from 'orders/contract'
import { expect, inject, onTestFinished, test } from 'vitest'
import { ROOT, sundial } from '../support/command.ts'
import { order } from '../support/orders.ts'

const DAY_MS = 86_400_000
type Input = WorkflowInput<typeof orders, 'fulfil-order'>

/** The orders' workflows, with activities that only say what they were asked for. */
async function open(env: NodeJS.ProcessEnv) {
  const called: string[] = []
  const total = { amount: 90_000, currency: 'EUR' as const }
  const environment = await startTestEnvironment({
    contract: orders,
    workflows: new URL(`file://${ROOT}apps/orders/dist/workflows/index.js`),
    env,
    activities: {
      acceptOrder: async ({ orderId }) => ({ claim: { orderId, attempt: 1 }, total, approval: { required: true, deadlineMs: DAY_MS } }),
      reserveStock: async () => ({ units: called.push('reserve') }),
      chargeCard: async () => ({ chargeId: `ch_${called.push('charge')}` }),
      createShipment: async () => ({ trackingNumber: `SD${called.push('ship')}` }),
      notifyCustomer: async ({ kind }) => ({ messageId: `m${called.push(kind)}` }),
      releaseStock: async () => ({ released: called.push('release') > 0 }),
      refundCard: async () => ({ refunded: called.push('refund') > 0 }),
      cancelShipment: async () => ({ cancelled: called.push('call back') > 0 }),
      summariseDay: async ({ day }) => ({ day, accepted: called.push('summarise'), shipped: 0, declined: 0, revenue: total }),
    },
  })
  onTestFinished(() => environment.close())
  return { environment, called, input: order() as unknown as Input }
}

test('an application’s own workflows run on the local platform, with activities of the test', { timeout: 120_000 }, async () => {
  const { stdout } = await sundial(['exec', 'orders-worker', '--', 'env'], { stateRoot: inject('stateRoot') })
  const env = Object.fromEntries(stdout.split('\n').map((line) => [line.split('=', 1)[0] ?? '', line.slice(line.indexOf('=') + 1)]))
  const { environment, called, input } = await open(env)
  const handle = await environment.start('fulfil-order', input)
  await handle.signal('approve', { by: 'ada' })
  expect(await handle.result()).toMatchObject({ chargeId: 'ch_2', trackingNumber: 'SD3', approvedBy: 'ada' })
  expect(called).toEqual(['reserve', 'charge', 'ship', 'shipped'])
})

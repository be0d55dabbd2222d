import { randomUUID } from 'node:crypto'
import { createTokenSource } from '@sundial/runtime'
import { type Order, TEST_CARDS } from './contract.ts'
import { createOrdersApi } from './demo/api-client.ts'
import { describe } from './demo/api-error.ts'
import { placeOrder } from './demo/place-order.ts'
import { createPrinter } from './demo/printer.ts'
import { readDemoSettings } from './demo/settings.ts'

/** The whole demo may take this long, in milliseconds: a worker that is just starting is waited for. */
const DEADLINE_MS = 60_000

/** Two armillary spheres are above the default approval limit, so that the demo shows an approval. */
function demoOrder(): Order {
  return {
    orderId: `demo-${randomUUID().slice(0, 8)}`,
    customer: { id: 'ada', email: 'ada@example.com' },
    lines: [
      { sku: 'armillary-sphere', quantity: 2 },
      { sku: 'pocket-sundial', quantity: 1 },
    ],
    cardNumber: TEST_CARDS.approved,
    shippingAddress: { name: 'Ada Lovelace', street: '12 St James Square', postalCode: 'SW1Y 4JH', city: 'London', country: 'GB' },
    agreedTotal: { amount: 134_700, currency: 'EUR' },
  }
}

const printer = createPrinter(process.stdout, process.env)
const signal = AbortSignal.timeout(DEADLINE_MS)
const startedAt = Date.now()
let problem: string | undefined
/** Says why nothing happens, once a reason. */
function onRetry(reason: string): void {
  if (reason !== problem) printer.step('waiting', Date.now() - startedAt, reason)
  problem = reason
}

try {
  const settings = readDemoSettings(process.env)
  const api = createOrdersApi({ url: settings.apiUrl, tokens: createTokenSource(settings.credentials), signal, onRetry })
  const order = demoOrder()
  printer.title(`Order ${order.orderId}: ${order.lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')}`)
  const { trackingNumber } = await placeOrder({ api, printer, workflowId: `order-${order.orderId}`, order })
  printer.end(true, `Fulfilled in ${Date.now() - startedAt} ms, tracking number ${trackingNumber}`)
} catch (error) {
  printer.end(
    false,
    signal.aborted
      ? `The order was not fulfilled within ${DEADLINE_MS / 1000} s. ${problem ?? 'Is the worker running?'}`
      : `The demo failed: ${describe(error)}`,
  )
  process.exitCode = 1
}

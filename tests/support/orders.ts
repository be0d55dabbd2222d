import { randomUUID } from 'node:crypto'
import { addressOf, secret } from './platform.ts'
import { tokenOf } from './tokens.ts'

const SHOP_SCOPES = 'orders:read orders:write orders:approve'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: any
}

/** Calls the orders API as the shop does. */
export async function api(
  method: string,
  path: string,
  { body, headers = {}, token }: { body?: unknown; headers?: Record<string, string>; token?: string | null } = {},
): Promise<Answer> {
  const bearer = token === undefined ? await shopToken() : token
  const response = await fetch(`http://${await addressOf('orders-api', 'http')}${path}`, {
    method,
    headers: { ...(bearer !== null && { authorization: `Bearer ${bearer}` }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}

let token: Promise<string> | undefined
function shopToken(): Promise<string> {
  return (token ??= tokenOf('orders-shop', SHOP_SCOPES))
}

export function order(over: Record<string, unknown> = {}): Record<string, unknown> & { orderId: string } {
  return {
    orderId: `test-${randomUUID()}`,
    customer: { id: 'grace', email: 'grace@example.com' },
    lines: [{ sku: 'pocket-sundial', quantity: 1 }],
    cardNumber: '4242424242424242',
    shippingAddress: { name: 'Grace Hopper', street: '1 Harbour Street', postalCode: 'SW1Y 4JH', city: 'London', country: 'GB' },
    ...over,
  }
}

/** Starts an order; its workflow has the order's id. */
export function start(input: { orderId: string; [field: string]: unknown }, headers: Record<string, string> = {}): Promise<Answer> {
  return api('POST', '/v1/workflows/fulfil-order', { body: input, headers: { 'workflow-id': input.orderId, ...headers } })
}

/** The end of an order, however long it takes. */
export async function result(orderId: string): Promise<Answer> {
  for (;;) {
    const answer = await api('GET', `/v1/workflows/fulfil-order/${orderId}/result?wait=30`)
    if (answer.status !== 202) return answer
  }
}

/** What the payment provider has on its books for an order. */
export async function charges(orderId: string): Promise<any[]> {
  const response = await fetch(`http://${await addressOf('orders-payment', 'http')}/charges?reference=${encodeURIComponent(orderId)}`, {
    headers: { authorization: `Bearer ${await secret('orders-payment-key', 'api-key')}` },
  })
  if (!response.ok) throw new Error(`the payment sandbox answered ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { charges: any[] }).charges
}

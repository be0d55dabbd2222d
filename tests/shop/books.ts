import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { join } from 'node:path'
import type { PlatformClient } from '../support/platform-client.ts'

/** A charge as the payment provider has it on its books. */
export interface BookedCharge {
  readonly id: string
  /** The order. */
  readonly reference: string
  readonly amount: number
  readonly outcome: string
  readonly refunded: boolean
}

/** One try at an order, as the orders database has it. */
export interface Attempt {
  readonly orderId: string
  readonly attempt: number
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[]
  readonly total: number
  readonly reservation: string | null
  readonly payment: string | null
  readonly chargeId: string | null
  readonly shipment: string | null
}

/** Everything that is written down about orders, at one moment. */
export interface Books {
  readonly charges: readonly BookedCharge[]
  readonly attempts: readonly Attempt[]
  /** Units of each product that are left. */
  readonly stock: Readonly<Record<string, number>>
}

export async function readBooks(platform: PlatformClient): Promise<Books> {
  const [charges, { attempts, stock }] = await Promise.all([readCharges(platform), readDatabase(platform)])
  return { charges, attempts, stock }
}

async function readCharges(platform: PlatformClient): Promise<BookedCharge[]> {
  const address = await platform.addressOf('orders-payment', 'http')
  const response = await fetch(`http://${address}/charges`, { headers: { authorization: `Bearer ${await platform.secret('orders-payment-key', 'api-key')}` } })
  if (!response.ok) throw new Error(`the payment sandbox answered ${response.status}: ${await response.text()}`)
  return ((await response.json()) as { charges: BookedCharge[] }).charges
}

const ATTEMPTS = `
  select a.order_id as "orderId", a.attempt, a.lines, a.total::float8 as total, r.state as reservation, p.state as payment, p.charge_id as "chargeId",
    s.state as shipment
  from order_attempts a
  left join reservations r using (order_id, attempt)
  left join payments p using (order_id, attempt)
  left join shipments s using (order_id, attempt)`

/** Both in one transaction: what is booked between two questions would look like a loss. */
async function readDatabase(platform: PlatformClient): Promise<Pick<Books, 'attempts' | 'stock'>> {
  const [host, port] = (await platform.addressOf('postgresql', 'sql')).split(':')
  const ca = await readFile(join(platform.state.certificates, 'database-ca.crt'), 'utf8')
  const client = new pg.Client({
    host,
    port: Number(port),
    user: 'orders',
    database: 'orders',
    password: await platform.secret('orders-database', 'password'),
    ssl: { ca, rejectUnauthorized: true },
  })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const { rows: attempts } = await client.query<Attempt>(ATTEMPTS)
    const { rows: products } = await client.query<{ sku: string; stock: number }>('select sku, stock from products')
    await client.query('commit')
    return { attempts, stock: Object.fromEntries(products.map(({ sku, stock }) => [sku, stock])) }
  } finally {
    await client.end()
  }
}

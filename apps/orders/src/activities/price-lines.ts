import type { ClientBase } from 'pg'
import type { Money, OrderLine } from '../contract.ts'

/** One line a product, in the order of their names: equal orders look equal, and rows are always locked in the same order. */
export function mergeLines(lines: readonly OrderLine[]): OrderLine[] {
  const quantities = new Map<string, number>()
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity)
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity })).sort((a, b) => (a.sku < b.sku ? -1 : 1))
}

export type Priced = { readonly kind: 'priced'; readonly total: Money } | { readonly kind: 'unknown'; readonly sku: string }

/** What the lines cost today. */
export async function priceLines(client: ClientBase, lines: readonly OrderLine[]): Promise<Priced> {
  const { rows } = await client.query<{ sku: string; price: string; currency: string }>('select sku, price, currency from products where sku = any ($1)', [
    lines.map(({ sku }) => sku),
  ])
  const products = new Map(rows.map((row) => [row.sku, row]))
  const total = { amount: 0, currency: '' }
  for (const { sku, quantity } of lines) {
    const product = products.get(sku)
    if (!product) return { kind: 'unknown', sku }
    total.amount += Number(product.price) * quantity
    total.currency = product.currency
  }
  return { kind: 'priced', total }
}

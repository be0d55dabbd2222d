const money = { amount: 4900, currency: 'EUR' as const }

/** What the queries and updates of a parked workflow answer. */
export const PROGRESS = { stage: 'waiting' as const, percent: 0, notes: 0 }
export const TOTALS = { net: money, tax: money, gross: money, lines: [{ sku: 'a', price: money }] }
export const HISTORY = { items: [{ at: '2026-01-02T03:04:05.000Z', what: 'started' }], more: false }
export const LINES = { lines: [{ sku: 'a', quantity: 1 }], total: money }
export const ADDRESS = { accepted: true }
export const OUTPUT = (orderId: string) => ({ orderId, total: money, trackingNumber: null })

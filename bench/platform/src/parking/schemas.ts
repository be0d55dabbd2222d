import { z } from 'zod'

/** Twenty schemas as a product has them: nested, with formats, choices, limits and defaults. */
const money = z.object({ amount: z.int().min(0), currency: z.enum(['EUR', 'GBP', 'USD']) })
const address = z.object({
  name: z.string().min(1).max(200),
  street: z.string().min(1),
  postalCode: z.string().regex(/^[A-Z0-9 -]{3,10}$/),
  city: z.string().min(1),
  country: z.string().length(2),
})
const line = z.object({ sku: z.string().min(1).max(64), quantity: z.int().min(1).max(1000), note: z.string().optional() })
const customer = z.object({ id: z.string().min(1), email: z.email(), phone: z.string().optional(), language: z.enum(['de', 'en', 'fr']).default('en') })
const decision = z.object({ by: z.string().min(1), at: z.iso.datetime().optional(), comment: z.string().max(2000).default('') })

export const orderInput = z.object({
  orderId: z.string().min(1).max(100),
  customer,
  lines: z.array(line).min(1).max(100),
  shippingAddress: address,
  billingAddress: address.optional(),
  agreedTotal: money.optional(),
  priority: z.enum(['normal', 'express']).default('normal'),
})
export const orderOutput = z.object({ orderId: z.string(), total: money, trackingNumber: z.string().nullable() })

export const approval = decision.extend({ limit: money.optional() })
export const rejection = decision.extend({ reason: z.enum(['fraud', 'stock', 'price', 'other']) })
export const note = z.object({ author: z.string(), text: z.string().max(10_000), tags: z.array(z.string()).max(20).default([]) })

export const progress = z.object({ stage: z.enum(['waiting', 'paid', 'packed', 'shipped']), percent: z.number().min(0).max(100), notes: z.int() })
export const totals = z.object({ net: money, tax: money, gross: money, lines: z.array(z.object({ sku: z.string(), price: money })) })
export const historyQuery = z.object({ since: z.iso.datetime().optional(), limit: z.int().min(1).max(100).default(20) })
export const historyAnswer = z.object({ items: z.array(z.object({ at: z.string(), what: z.string(), by: z.string().optional() })), more: z.boolean() })

export const changedLines = z.object({ add: z.array(line).default([]), remove: z.array(z.string()).default([]) })
export const changedLinesAnswer = z.object({ lines: z.array(line), total: money })
export const changedAddress = z.object({ kind: z.enum(['shipping', 'billing']), address })
export const changedAddressAnswer = z.object({ accepted: z.boolean(), surcharge: money.optional() })

export const reserveInput = z.object({ orderId: z.string(), lines: z.array(line), until: z.iso.datetime().optional() })
export const reserveOutput = z.object({ reservationId: z.string(), warehouse: z.enum(['north', 'south']), items: z.array(line) })
export const chargeInput = z.object({ orderId: z.string(), amount: money, token: z.string().min(8), capture: z.boolean().default(true) })
export const chargeOutput = z.object({ chargeId: z.string(), at: z.iso.datetime(), fee: money.optional() })
export const shipInput = z.object({ orderId: z.string(), address, parcels: z.array(z.object({ grams: z.int().min(1), items: z.array(line) })).min(1) })
export const shipOutput = z.object({ trackingNumber: z.string(), carrier: z.string(), days: z.tuple([z.int(), z.int()]) })
export const notifyInput = z.object({ customer, template: z.enum(['accepted', 'shipped', 'declined']), values: z.record(z.string(), z.string()) })

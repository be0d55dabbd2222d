import { jsonSchema, validate } from '@sundial/contract'
import { expect, test } from 'vitest'
import { orders, TEST_CARDS } from './contract.ts'

const { input } = orders.workflows['fulfil-order']
const order = {
  orderId: 'o-1',
  customer: { id: 'ada', email: 'ada@example.com' },
  lines: [{ sku: 'pocket-sundial', quantity: 1 }],
  cardNumber: TEST_CARDS.approved,
  shippingAddress: { name: 'Ada', street: 'Street 1', postalCode: '1000', city: 'Town', country: 'DE' },
}

test('takes an order as it is', async () => {
  expect(await validate(input, order)).toEqual({ value: order })
})

test.each([
  ['a card that may be real', { cardNumber: '4111111111111111' }, ['cardNumber']],
  ['an order id that would not fit into an address', { orderId: '../x' }, ['orderId']],
  ['no lines', { lines: [] }, ['lines']],
  ['half a unit', { lines: [{ sku: 'pocket-sundial', quantity: 0.5 }] }, ['lines', 0, 'quantity']],
  ['a total that is not in minor units', { agreedTotal: { amount: 49.5, currency: 'EUR' } }, ['agreedTotal', 'amount']],
  ['a country that is spelled out', { shippingAddress: { ...order.shippingAddress, country: 'Germany' } }, ['shippingAddress', 'country']],
])('refuses %s', async (_name, wrong, path) => {
  expect(await validate(input, { ...order, ...wrong })).toMatchObject({ issues: [{ path }] })
})

test.each(['approve', 'reject'] as const)('says of %s that the name in it is only the word of the caller', (name) => {
  const { description, input: decision } = orders.workflows['fulfil-order'].signals[name]
  expect(description).toContain('the name in it is not checked')
  expect(jsonSchema(decision, 'input')['properties']).toMatchObject({ by: { description: expect.stringContaining('not checked against the token') as string } })
})

import { expect, test } from 'vitest'
import { parseSpecification } from './specification.ts'

const valid = { name: 'orders', retentionDays: 7, searchAttributes: { OrderStatus: 'keyword' } }
const parse = (value: unknown) => parseSpecification(JSON.stringify(value), 'namespaces.json')

test('reads namespaces', () => {
  expect(parse({ namespaces: [valid, { name: 'bare', retentionDays: 1 }] })).toEqual({
    namespaces: [
      { ...valid, contracts: [] },
      { name: 'bare', retentionDays: 1, searchAttributes: {}, contracts: [] },
    ],
    make: true,
    patienceSeconds: 120,
  })
})

test('reports every problem with its path', () => {
  const wrong = { name: '', retentionDays: 0.5, searchAttributes: { A: 'string' }, extra: 1 }
  expect(() => parse({ namespaces: [wrong] })).toThrowErrorMatchingInlineSnapshot(`
    [SpecificationError: namespaces.json is not a list of namespaces:
      - namespaces.0.name: Too small: expected string to have >=1 characters
      - namespaces.0.retentionDays: Too small: expected number to be >=1
      - namespaces.0.searchAttributes.A: Invalid option: expected one of "text"|"keyword"|"int"|"double"|"bool"|"datetime"|"keyword-list"
      - namespaces.0: Unrecognized key: "extra"]
  `)
})

test('refuses a namespace that is named twice, and a file that is not JSON', () => {
  expect(() => parse({ namespaces: [valid, valid] })).toThrow('namespaces.1.name: "orders" is named twice')
  expect(() => parseSpecification('{', 'namespaces.json')).toThrow(/^namespaces.json is not JSON: /)
})

import { expect, test } from 'vitest'
import { table } from './output.ts'

const rows = [
  { name: 'history', state: 'ready', ports: 'grpc 7234, membership 6934, metrics 9092' },
  { name: 'worker', state: 'not-ready', ports: '' },
]
const columns = [
  { title: 'NAME', value: (row: (typeof rows)[number]) => row.name },
  { title: 'STATE', value: (row: (typeof rows)[number]) => row.state },
  { title: 'PORTS', value: (row: (typeof rows)[number]) => row.ports },
]
// eslint-disable-next-line no-control-regex -- colours are of no interest here
const plain = (text: string): string => text.replaceAll(/\u001B\[\d+m/g, '')

test('columns stand beside each other where they fit', () => {
  expect(plain(table(rows, columns, 120))).toMatchInlineSnapshot(`
    "NAME     STATE      PORTS
    history  ready      grpc 7234, membership 6934, metrics 9092
    worker   not-ready"
  `)
})

test('in a narrow terminal nothing is cut: the rest stands below', () => {
  expect(plain(table(rows, columns, 40))).toMatchInlineSnapshot(`
    "NAME     STATE
    history  ready
        ports grpc 7234, membership 6934, metrics 9092
    worker   not-ready"
  `)
})

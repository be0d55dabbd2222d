import { expect, test } from 'vitest'
import { table } from './output.ts'
import { terminalOf, type Terminal } from './terminal.ts'

const rows = [
  { name: 'history', state: 'ready', ports: 'grpc 7234, membership 6934, metrics 9092' },
  { name: 'worker', state: 'not-ready', ports: '' },
]
const columns = [
  { title: 'NAME', value: (row: (typeof rows)[number]) => row.name },
  { title: 'STATE', value: (row: (typeof rows)[number]) => row.state },
  { title: 'PORTS', value: (row: (typeof rows)[number]) => row.ports },
]
const plain = (width: number): Terminal => terminalOf({ isTTY: true, columns: width }, { NO_COLOR: '1' })

test('columns stand beside each other where they fit', () => {
  expect(table(rows, columns, plain(120))).toMatchInlineSnapshot(`
    "NAME     STATE      PORTS
    history  ready      grpc 7234, membership 6934, metrics 9092
    worker   not-ready"
  `)
})

test('in a narrow terminal nothing is cut: the rest stands below', () => {
  expect(table(rows, columns, plain(40))).toMatchInlineSnapshot(`
    "NAME     STATE
    history  ready
        ports grpc 7234, membership 6934,
              metrics 9092
    worker   not-ready"
  `)
})

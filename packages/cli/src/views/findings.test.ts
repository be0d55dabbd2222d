import type { NamedFinding } from '@sundial/local'
import { expect, test } from 'vitest'
import { describeFindings } from './findings.ts'

const findings: readonly NamedFinding[] = [
  { check: 'node', verdict: 'ok', found: 'Node 20.19.0' },
  {
    check: 'open files',
    verdict: 'warning',
    found: '512 open files',
    needed: '1024 for each process: a connection is one',
    fix: 'ulimit -n 1024, in this shell',
  },
  {
    check: 'ports',
    verdict: 'problem',
    found: 'ports of earlier starts are used by others:\n8233 (temporal-ui.http): process 4242, node server.js',
    needed: 'the same ports: addresses contain them',
    fix: 'kill 4242. Or remove them from /srv/shop/.sundial/development/ports.json: new ones are chosen',
  },
]
// oxlint-disable-next-line no-control-regex -- colours are control characters
const plain = (text: string) => text.replaceAll(/\u001B\[\d+m/g, '')
const at = (width: number, all = false) => plain(describeFindings(findings, { all, width }))

test('a healthy machine gets a line', () => {
  expect(plain(describeFindings(findings.slice(0, 1), { all: false }))).toBe('✓ this machine can run the platform: 1 ok')
})

test('what is wrong comes last, with what to do, in lines that fit', () => {
  expect(at(60)).toMatchInlineSnapshot(`
    "! open files  512 open files
                  needed: 1024 for each process: a connection is
                  one
                  → ulimit -n 1024, in this shell
    ✗ ports       ports of earlier starts are used by others:
                  8233 (temporal-ui.http): process 4242, node
                  server.js
                  needed: the same ports: addresses contain them
                  → kill 4242. Or remove them from
                  /srv/shop/.sundial/development/ports.json: new
                  ones are chosen

    ✗ 1 problem would stop ./sundial up; 1 warning, 1 ok"
  `)
  expect(
    Math.max(
      ...at(80)
        .split('\n')
        .map((line) => line.length),
    ),
  ).toBeLessThanOrEqual(80)
})

test('all shows what is well, too', () => {
  expect(at(160, true).split('\n').slice(0, 2)).toEqual(['✓ node        Node 20.19.0', '! open files  512 open files'])
})

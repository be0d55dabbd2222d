import type { NamedFinding } from '@sundial/local/doctor'
import { expect, test } from 'vitest'
import { terminalOf } from '../terminal.ts'
import { findingsView } from './findings.ts'
import { expectSheet } from './sheet.fixture.ts'

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

test('a healthy machine gets a line', () => {
  const terminal = terminalOf({ isTTY: true, columns: 80 }, { NO_COLOR: '1' })
  expect(findingsView(findings.slice(0, 1), { all: false }, terminal)).toBe('✓ this machine can run the platform: 1 ok')
})

test('what is wrong comes last, with what to do', async () => {
  await expectSheet('findings', (terminal) => findingsView(findings, { all: false }, terminal))
})

test('all shows what is well, too', async () => {
  await expectSheet('findings-all', (terminal) => findingsView(findings, { all: true }, terminal))
})

import { expect, test } from 'vitest'
import { terminalOf } from '../terminal.ts'
import { describeEvent } from './dev-view.ts'
import { nondeterminism, saysNondeterminism } from './nondeterminism.ts'

type Event = Parameters<typeof describeEvent>[0]
const terminal = (columns: number) => terminalOf({ isTTY: true, columns }, { NO_COLOR: '1' })
const said = (event: Event) => describeEvent(event, terminal(60)).split('\n')

test('errors of a build stand below their place, broken between words', () => {
  const message = "Type '{ kind: string; }' is not assignable to type 'Message | undefined'.\n  Types of property 'kind' are incompatible."
  const diagnostics = [{ file: 'apps/orders/src/activities/notify-customer.ts', line: 12, column: 5, code: 'TS2322', message }]
  expect(said({ kind: 'build-failed', diagnostics, output: '' })).toEqual([
    '✗ an error; what runs goes on',
    '  apps/orders/src/activities/notify-customer.ts:12:5 TS2322',
    "    Type '{ kind: string; }' is not assignable to type",
    "    'Message | undefined'.",
    "      Types of property 'kind' are incompatible.",
  ])
})

test('of many errors the first are shown, and what is no diagnostic as it is', () => {
  const diagnostics = Array.from({ length: 12 }, (_, index) => ({ file: 'a.ts', line: index + 1, column: 1, code: 'TS1', message: 'no' }))
  const lines = said({ kind: 'build-failed', diagnostics, output: '' })
  expect([lines[0], lines.at(-2), lines.at(-1), lines.length]).toEqual(['✗ 12 errors; what runs goes on', '    no', '  and 2 more', 22])
  expect(said({ kind: 'build-failed', diagnostics: [], output: 'panic' })).toEqual(['✗ the build failed; what runs goes on', '    panic'])
})

test.each<[Event, string[]]>([
  [{ kind: 'changed', files: ['apps/orders/src/a.ts', 'apps/orders/src/b.ts', 'c.ts'] }, ['apps/orders/src/a.ts and 2 more changed']],
  [{ kind: 'built', milliseconds: 412, fixed: true, restarts: ['w', 'a'], jobs: [] }, ['✓ fixed, built in 0.4 s; restarting w, a']],
  [
    { kind: 'built', milliseconds: 412, fixed: false, restarts: [], jobs: ['m'] },
    ['✓ built in 0.4 s; nothing that runs has changed', '  ! m has run before this change. Run it again: ./sundial', '    restart m'],
  ],
  [{ kind: 'restarted', process: 'w', milliseconds: 1234 }, ['✓ w restarted, 1.2 s after the save']],
  [
    { kind: 'restart-failed', problem: { process: 'w', reason: 'ended with code 1', logFile: '', lastLines: ['boom'] } },
    ['✗ w did not come up with it: ended with code 1', '    boom', '  → Save a correction. It is tried again until then.'],
  ],
  [{ kind: 'plan-invalid', message: 'there is\nnothing' }, ['✗ the configuration cannot be used', '    there is', '    nothing']],
])('says %j', (event, expected) => {
  expect(said(event)).toEqual(expected)
})

test('a workflow that cannot go on is named, with the ways out; other entries are not', () => {
  const fields = { failure: 'nondeterminism', workflowType: 'fulfil-order', workflowId: 'order-1', runId: 'r', reason: 'Activity type does not match' }
  const lines = nondeterminism({ level: 'error', message: '', fields }, terminal(80))?.split('\n')
  expect(lines?.slice(0, 2)).toEqual(['✗ fulfil-order order-1 cannot go on with the changed code', '    Activity type does not match'])
  expect(lines?.join(' ')).toMatch(/undo the change.*patched\('name'\).*terminate it/)
  expect(Math.max(...(lines ?? []).map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(nondeterminism({ level: 'error', message: '', fields: { failure: 'other' } }, terminal(80))).toBeUndefined()
})

test.each([
  ['of the SDK', { failure: 'Failure { message: "[TMPRL1100] Nondeterminism error: x" }' }, true],
  ['of Temporal', { 'workflow-task-fail-cause': 'NonDeterministicError' }, true],
  ['of ours', { failure: 'nondeterminism' }, false],
  ['of something else', {}, false],
])('an entry %s says it in its own words: %#', (_, fields, expected) => {
  expect(saysNondeterminism({ level: 'warn', message: '', fields })).toBe(expected)
})

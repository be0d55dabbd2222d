import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runVitest } from './run-vitest.js'
import { summaryLines, withRunFailure } from './summary.js'

/** @type {string} */
let folder
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-run-vitest-'))
  symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs vitest for real over one file. @param {string} name @param {string} body */
async function run(name, body) {
  writeFileSync(join(folder, `${name}.test.js`), `import { beforeAll, describe, expect, test } from 'vitest'\n${body}`)
  const { results, exit } = await runVitest(folder, [`${name}.test.js`], 'ignore')
  return withRunFailure(results, exit)
}

test('counts what passed and what failed, and keeps the reason of a skip', async () => {
  const body = `
    test('good', () => {})
    test('bad', () => expect(1).toBe(2))
    test('away', (context) => context.skip('needs a friend'))
    const { skip, todo } = test
    skip('quiet', () => {})
    todo('later')`
  expect(await run('counts', body)).toEqual({
    passed: 1,
    failures: ['counts.test.js > bad'],
    flaky: [],
    skipped: [
      { name: 'counts.test.js > away', reason: 'needs a friend' },
      { name: 'counts.test.js > quiet', reason: 'not selected, or skipped without a reason' },
      { name: 'counts.test.js > later', reason: 'to be written' },
    ],
  })
})

test('names a test that passed only when it ran again, with what went wrong before', async () => {
  const body = `let tries = 0\ntest('unsteady', { retry: 1 }, () => expect(++tries).toBe(2))`
  const results = await run('flaky', body)
  expect(results).toMatchObject({ passed: 1, failures: [], flaky: [{ name: 'flaky.test.js > unsteady' }] })
  expect(summaryLines(results)).toEqual([
    'flaky, passed when it ran again: flaky.test.js > unsteady',
    expect.stringContaining('expected 1 to be 2'),
    '1 passed, 0 failed',
  ])
})

test('counts a suite whose beforeAll throws as one failure', async () => {
  const body = `describe('broken', () => { beforeAll(() => { throw new Error('no') }); test('inside', () => {}) })`
  expect(await run('suite', body)).toEqual({
    passed: 0,
    failures: ['suite.test.js > broken: failed outside of its tests'],
    flaky: [],
    skipped: [{ name: 'suite.test.js > broken > inside', reason: 'its suite failed before it' }],
  })
})

test('counts a file that cannot be loaded, an error outside of tests, and a run without any result', async () => {
  expect(await run('load', `throw new Error('no')`)).toMatchObject({ passed: 0, failures: ['load.test.js: failed outside of its tests'] })
  const unhandled = `test('good', async () => { queueMicrotask(() => { throw new Error('lost') }); await new Promise(setImmediate) })`
  expect(await run('unhandled', unhandled)).toMatchObject({ passed: 1, failures: ['unhandled error: lost'] })
  const { results, exit } = await runVitest(folder, ['--no-such-option'], 'ignore')
  expect(withRunFailure(results, exit).failures).toEqual(['vitest ended with 1 before it reported any result; its message is above'])
})

test('says what was skipped and why before the line of counts, which is last', () => {
  const skipped = ['a', 'b', 'c', 'd'].map((name) => ({ name, reason: 'SUNDIAL_CRDS is not set' }))
  expect(summaryLines({ passed: 3, failures: ['x'], flaky: [], skipped })).toEqual([
    'skipped (4): SUNDIAL_CRDS is not set',
    '  - a',
    '  - b',
    '  - c',
    '  - and 1 more',
    '3 passed, 1 failed, 4 skipped',
  ])
  expect(summaryLines({ passed: 3, failures: [], flaky: [], skipped: [] })).toEqual(['3 passed, 0 failed'])
})

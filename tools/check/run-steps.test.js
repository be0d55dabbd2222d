import { expect, test } from 'vitest'
import { report, runSteps } from './run-steps.js'

/** @param {string} name @param {() => Promise<import('./steps.js').Outcome>} run */
const step = (name, run) => ({ name, run })
/** @type {import('./steps.js').Outcome} */
const ok = { status: 'ok', output: 'much' }

test('runs stages in order, the steps of one together up to the limit, and keeps their order', async () => {
  /** @type {string[]} */
  const log = []
  let running = 0
  let most = 0
  /** @param {string} name @param {number} turns */
  const noting = (name, turns) =>
    step(name, async () => {
      most = Math.max(most, ++running)
      log.push(name)
      for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
      running--
      return ok
    })
  const results = await runSteps([[noting('first', 3)], [noting('slow', 9), noting('b', 1), noting('c', 1)]], 2)
  expect(results.map(({ name }) => name)).toEqual(['first', 'slow', 'b', 'c'])
  expect(log).toEqual(['first', 'slow', 'b', 'c'])
  expect(most).toBe(2)
})

test('goes on after a failure, and takes a step that throws for failed', async () => {
  const stages = [
    [step('a', async () => ({ status: /** @type {const} */ ('failed'), output: 'a is wrong' }))],
    [step('b', () => Promise.reject(new Error('b broke'))), step('c', async () => ok)],
  ]
  const results = await runSteps(stages, 2)
  expect(results.map(({ status }) => status)).toEqual(['failed', 'failed', 'ok'])
  expect(results[1]?.output).toContain('Error: b broke')
})

test('shows what failed said, and a table of all', () => {
  const text = report([
    { name: 'lint', milliseconds: 1240, ...ok, note: 'all but one' },
    { name: 'dead code', milliseconds: 30, status: 'failed', output: 'x is unused' },
    { name: 'commits', milliseconds: 4, status: 'skipped', output: '', reason: 'not a git repository' },
  ])
  expect(text.split('\n')).toEqual([
    '--- dead code',
    'x is unused',
    '',
    'lint       ok         1.2 s  all but one',
    'dead code  failed     0.0 s',
    'commits    skipped    0.0 s  not a git repository',
  ])
})

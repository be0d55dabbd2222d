import { parseHTML } from 'linkedom'
import { expect, test } from 'vitest'
import { startup } from '../benches/startup.ts'
import { throughput } from '../benches/throughput.ts'
import { inventResults } from '../results/results.fixture.ts'
import { resultFile } from '../results/schema.ts'
import { renderPage } from './page.ts'

const times = inventResults({
  bench: startup,
  passes: 6,
  seed: 1,
  value: (contestant, metric) => (contestant === 'start-dev' ? 2 : 3) * (metric === 'memory' ? 100 : 1),
})
const loads = inventResults({
  bench: throughput,
  passes: 6,
  seed: 1,
  value: (contestant, metric) =>
    contestant === 'start-dev' && (metric === 'wal' || metric === 'transactions') ? undefined : contestant === 'sundial' ? 30 : 31,
})

test.each([
  ['startup', times],
  ['throughput', loads],
])('the page of %s is whole, loads nothing, and names what it shows', (_, results) => {
  expect(resultFile.parse(results)).toEqual(results)
  const text = renderPage(results)
  const { document } = parseHTML(text)
  expect(text).not.toMatch(/(src|href)=|url\(|@import|undefined|NaN|\[object/)
  for (const { title } of Object.values(results.contestants)) expect(document.body.textContent).toContain(title)
  for (const title of Object.values(results.cells)) expect(document.body.textContent).toContain(title)
  expect(document.querySelectorAll('figure svg').length).toBeGreaterThanOrEqual(4)
  for (const figure of document.querySelectorAll('figure')) expect(figure.getAttribute('aria-label')).toMatch(/\d/)
  // What settings say is text.
  expect(text).toContain('value &lt;&amp;&gt;')
})

test('goals are lines in the plots, and their outcome stands in the headlines', () => {
  const text = renderPage(times)
  expect(text).toContain('goal: 1.5 × temporal server start-dev')
  expect(text).toContain('goal: at most 2.5×, reached')
})

test('slots that do not count are counted at the top', () => {
  const [first, ...others] = times.slots
  const text = renderPage({ ...times, slots: [{ ...first!, dropped: 'other processes used 40 % of the processors' }, ...others] })
  expect(text).toContain('1 of 36 slots do not count')
  expect(text).toContain('other processes used 40 % of the processors')
})

test('a run of which nothing counts still has a page', () => {
  const text = renderPage({ ...times, slots: times.slots.map((slot) => ({ ...slot, dropped: 'noise' })) })
  expect(text).toContain('36 of 36 slots do not count')
  expect(text).not.toMatch(/undefined|NaN/)
})

import { expect, test } from 'vitest'
import { Health, type Verdict } from './health.ts'
import { DEFAULT_TIMING } from './timing.ts'

const ANSWERS = { ready: { ready: true, answered: true }, busy: { ready: false, answered: true }, silent: { ready: false, answered: false } }

type Asked = readonly [seconds: number, answer: keyof typeof ANSWERS]

/** What the last of these probes shows, at the times given in seconds after the start of the process. */
function verdict(probes: readonly Asked[]): Verdict | undefined {
  const health = new Health(DEFAULT_TIMING, 1_000_000)
  return probes.map(([seconds, answer]) => health.add(ANSWERS[answer], 1_000_000 + seconds * 1000)).at(-1)
}

/** One probe every two seconds. */
const row = (from: number, to: number, answer: keyof typeof ANSWERS): readonly Asked[] =>
  Array.from({ length: (to - from) / 2 + 1 }, (_, index) => [from + index * 2, answer])

test.each<[string, Verdict, readonly Asked[]]>([
  ['is slow to answer at all', 'starting', row(2, 178, 'silent')],
  ['never answers', 'hung', row(2, 180, 'silent')],
  ['starts, and says so for an hour', 'starting', row(2, 3600, 'busy')],
  ['starts, and then says nothing more', 'hung', [[2, 'busy'], ...row(4, 32, 'silent')]],
  ['misses two probes', 'ready', [[2, 'ready'], ...row(4, 6, 'silent')]],
  ['misses three probes', 'not-ready', [[2, 'ready'], ...row(4, 8, 'silent')]],
  ['misses two, comes back, and misses two', 'ready', [[2, 'ready'], ...row(4, 6, 'busy'), [8, 'ready'], ...row(10, 12, 'busy')]],
  ['says three times that it is not ready', 'not-ready', [[2, 'ready'], ...row(4, 8, 'busy')]],
  ['says for an hour that it is not ready', 'not-ready', [[2, 'ready'], ...row(4, 3600, 'busy')]],
  ['says nothing for almost half a minute', 'not-ready', [[2, 'ready'], ...row(4, 30, 'silent')]],
  ['says nothing for half a minute', 'hung', [[2, 'ready'], ...row(4, 32, 'silent')]],
  ['says something in between', 'not-ready', [[2, 'ready'], ...row(4, 30, 'silent'), [31, 'busy'], ...row(33, 59, 'silent')]],
  [
    'was asked too seldom, since the machine slept',
    'not-ready',
    [
      [2, 'ready'],
      [4, 'silent'],
      [3600, 'silent'],
      [3602, 'silent'],
      [3604, 'silent'],
    ],
  ],
])('a service that %s is %s', (_what, wanted, probes) => {
  expect(verdict(probes)).toBe(wanted)
})

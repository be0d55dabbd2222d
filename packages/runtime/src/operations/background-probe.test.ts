import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type BackgroundProbe, backgroundProbe } from './background-probe.ts'

// The time is the test's: however busy the machine is, no success becomes stale that should not.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
let probe: BackgroundProbe | undefined
afterEach(() => {
  probe?.close()
  vi.useRealTimers()
})
const timing = { name: 'temporal', periodMs: 5, timeoutMs: 30, staleAfterMs: 100 }
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

test('is not ok before the first answer, and ok after it', async () => {
  let allow = () => {}
  const answered = new Promise<void>((resolve) => (allow = resolve))
  probe = backgroundProbe({ ...timing, check: () => answered })
  expect(probe.state()).toEqual({ ok: false, message: 'temporal: no answer yet' })
  allow()
  await pass(0)
  expect(probe.state()).toEqual({ ok: true })
})

test('one lost answer is forgiven, a dead server is not', async () => {
  let calls = 0
  let dead = false
  probe = backgroundProbe({ ...timing, check: () => (++calls % 2 === 0 || dead ? Promise.reject(new Error('connection refused')) : Promise.resolve()) })
  await pass(15)
  expect(calls).toBe(4)
  expect(probe.state()).toEqual({ ok: true })
  dead = true
  await pass(80)
  expect(probe.state()).toEqual({ ok: true })
  await pass(25)
  expect(probe.state()).toEqual({ ok: false, message: 'temporal: connection refused' })
  dead = false
  await pass(10)
  expect(probe.state()).toEqual({ ok: true })
})

test('does not wait for a check that ignores its deadline', async () => {
  const signals: AbortSignal[] = []
  probe = backgroundProbe({ ...timing, check: (signal) => new Promise(() => signals.push(signal)) })
  await pass(35)
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
  expect(probe.state()).toEqual({ ok: false, message: 'temporal: no answer within 30 ms' })
})

test('asks no more once it is closed, and ends the check that runs', async () => {
  const signals: AbortSignal[] = []
  probe = backgroundProbe({ ...timing, check: (signal) => new Promise((_, reject) => signals.push(signal) && signal.addEventListener('abort', reject)) })
  expect(signals).toHaveLength(1)
  probe.close()
  expect(signals[0]?.aborted).toBe(true)
  await pass(1000)
  expect(signals).toHaveLength(1)
})

test('asks less often once it was answered, and a success may count for ever', async () => {
  let calls = 0
  const check = () => (++calls < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve())
  probe = backgroundProbe({ ...timing, periodAfterSuccessMs: 60_000, staleAfterMs: Number.POSITIVE_INFINITY, check })
  await pass(59_000)
  expect(probe.state()).toEqual({ ok: true })
  expect(calls).toBe(3)
  await pass(2000)
  expect(calls).toBe(4)
})

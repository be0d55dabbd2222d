import { afterEach, expect, test, vi } from 'vitest'
import { type BackgroundProbe, backgroundProbe } from './background-probe.ts'

let probe: BackgroundProbe | undefined
afterEach(() => probe?.close())
const timing = { name: 'temporal', periodMs: 5, timeoutMs: 30, staleAfterMs: 100 }

test('is not ok before the first answer, and ok after it', async () => {
  let allow = () => {}
  const answered = new Promise<void>((resolve) => (allow = resolve))
  probe = backgroundProbe({ ...timing, timeoutMs: 5000, check: () => answered })
  expect(probe.state()).toEqual({ ok: false, message: 'temporal: no answer yet' })
  allow()
  await vi.waitFor(() => expect(probe?.state()).toEqual({ ok: true }))
})

test('one lost answer is forgiven, a dead server is not', async () => {
  let calls = 0
  let dead = false
  probe = backgroundProbe({ ...timing, check: () => (++calls % 2 === 0 || dead ? Promise.reject(new Error('connection refused')) : Promise.resolve()) })
  await vi.waitFor(() => expect(calls).toBeGreaterThan(3))
  expect(probe.state()).toEqual({ ok: true })
  dead = true
  await vi.waitFor(() => expect(probe?.state()).toEqual({ ok: false, message: 'temporal: connection refused' }))
  dead = false
  await vi.waitFor(() => expect(probe?.state()).toEqual({ ok: true }))
})

test('does not wait for a check that ignores its deadline', async () => {
  const signals: AbortSignal[] = []
  probe = backgroundProbe({ ...timing, check: (signal) => new Promise(() => signals.push(signal)) })
  await vi.waitFor(() => expect(signals.length).toBeGreaterThan(1))
  expect(signals[0]?.aborted).toBe(true)
  expect(probe.state()).toEqual({ ok: false, message: 'temporal: no answer within 30 ms' })
})

test('asks no more once it is closed, and ends the check that runs', async () => {
  const signals: AbortSignal[] = []
  probe = backgroundProbe({
    ...timing,
    timeoutMs: 60_000,
    check: (signal) => new Promise((_, reject) => signals.push(signal) && signal.addEventListener('abort', reject)),
  })
  await vi.waitFor(() => expect(signals).toHaveLength(1))
  probe.close()
  expect(signals[0]?.aborted).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 5 * timing.periodMs))
  expect(signals).toHaveLength(1)
})

test('asks less often once it was answered, and a success may count for ever', async () => {
  let calls = 0
  const check = () => (++calls < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve())
  probe = backgroundProbe({ ...timing, periodAfterSuccessMs: 60_000, staleAfterMs: Number.POSITIVE_INFINITY, check })
  await vi.waitFor(() => expect(probe?.state()).toEqual({ ok: true }))
  await new Promise((resolve) => setTimeout(resolve, 5 * timing.periodMs))
  expect(calls).toBe(3)
})

import { expect, test } from 'vitest'
import { retry } from './retry.ts'

test('repeats until an attempt succeeds', async () => {
  const failures: unknown[] = []
  let attempts = 0
  const attempt = async () => (++attempts < 3 ? Promise.reject(new Error(`attempt ${attempts}`)) : 'done')
  expect(await retry(AbortSignal.timeout(10_000), attempt, (error) => failures.push(error))).toBe('done')
  expect(failures.map(String)).toEqual(['Error: attempt 1', 'Error: attempt 2'])
})

test('ends with the last error when the signal aborts, and at once when told to give up', async () => {
  const stop = new AbortController()
  const attempt = () => Promise.reject(new Error('not yet'))
  await expect(retry(stop.signal, attempt, () => stop.abort())).rejects.toThrow('not yet')
  const giveUp = (error: unknown) => {
    throw new Error('useless', { cause: error })
  }
  await expect(retry(AbortSignal.timeout(10_000), attempt, giveUp)).rejects.toThrow('useless')
})

import { createLogger } from '@sundial/runtime'
import { expect, test } from 'vitest'
import { retry } from './retry.ts'

const options = (signal = new AbortController().signal) => ({ task: 'connect', logger: createLogger('test', 'silent'), signal })

test('tries again until it succeeds', async () => {
  let tries = 0
  const attempt = async () => (++tries < 2 ? Promise.reject(new Error('refused')) : tries)
  expect(await retry(attempt, options())).toBe(2)
})

test('does not try a mistake again', async () => {
  let tries = 0
  await expect(retry(() => (tries++, Promise.reject(new TypeError('wrong option'))), options())).rejects.toThrow('wrong option')
  expect(tries).toBe(1)
})

test.each<[string, () => Promise<never>]>([
  ['a try', () => new Promise(() => {})],
  ['a pause', () => Promise.reject(new Error('refused'))],
])('stops at once during %s', async (_, attempt) => {
  const stopping = new AbortController()
  const tried = retry(attempt, options(stopping.signal))
  setImmediate(() => stopping.abort(new Error('stopping')))
  await expect(tried).rejects.toThrow('stopping')
})

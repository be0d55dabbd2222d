import { createHmac } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { createCursorSigner } from './cursor.ts'

const key = Buffer.alloc(32, 1)
const signer = createCursorSigner(key)
const page = new Uint8Array([0, 255, 7])
afterEach(() => void vi.useRealTimers())

test('gives back the page token, to another copy of the API too', () => {
  expect(createCursorSigner(Buffer.alloc(32, 1)).read(signer.write(page, 'q'), 'q')).toEqual(Buffer.from(page))
})

test.each([
  ['of another key', () => createCursorSigner(Buffer.alloc(32, 2)).write(page, 'q')],
  ['that was changed', () => signer.write(page, 'q').replace(/^./, 'f')],
  ['without a signature', () => signer.write(page, 'q').split('.')[0] as string],
  ['that is empty', () => ''],
])('refuses a cursor %s', (_what, cursor) => {
  expect(() => signer.read(cursor(), 'q')).toThrow(
    expect.objectContaining({ slug: 'bad-cursor', status: 400, message: expect.stringContaining('not one of ours') }),
  )
})

test('refuses a cursor of another list', () => {
  expect(() => signer.read(signer.write(page, 'q'), 'other')).toThrow(/other filters/)
})

test('refuses a cursor that is older than an hour', () => {
  vi.useFakeTimers({ now: 1_000_000 })
  const cursor = signer.write(page, 'q')
  vi.setSystemTime(1_000_000 + 3_600_000)
  expect(signer.read(cursor, 'q')).toEqual(Buffer.from(page))
  vi.setSystemTime(1_000_000 + 3_600_001)
  expect(() => signer.read(cursor, 'q')).toThrow(/expired/)
})

test('signs with HMAC-SHA256', () => {
  const [text = '', signature] = signer.write(page, 'q').split('.')
  expect(signature).toBe(createHmac('sha256', key).update(text).digest('base64url'))
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { ClientSecrets } from './client-secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'client-secrets-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.useRealTimers())

test('a secret that was replaced ends after ten minutes', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const secretFile = join(folder, 'secret')
  const [first, second] = ['the-first-secret-12', 'the-second-secret-1']
  const secrets = new ClientSecrets([{ id: 'a', kind: 'service', audience: 'b', scopes: ['c'], secretFile, secret: first }], pino({ level: 'silent' }))
  writeFileSync(secretFile, `${second}\n`)
  expect(await secrets.accepts('a', first)).toBe(true)
  vi.advanceTimersByTime(599_000)
  expect(await secrets.accepts('a', first)).toBe(true)
  vi.advanceTimersByTime(2000)
  expect([await secrets.accepts('a', first), await secrets.accepts('a', second), await secrets.accepts('b', second)]).toEqual([false, true, false])
})

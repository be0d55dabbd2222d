import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'

test('starts, and stops in order within what it is given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'payment-sandbox-'))
  const env = { ...process.env, HTTP_ADDRESS: '127.0.0.1:0', OPERATIONS_ADDRESS: '127.0.0.1:0', PAYMENT_API_KEY: 'key', STATE_DIRECTORY: folder }
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../dist/payment-sandbox/main.js', import.meta.url))], { env })
  onTestFinished(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await vi.waitFor(() => expect(output).toContain('"started"'), { timeout: 20_000, interval: 50 })
  child.kill('SIGTERM')
  expect(await once(child, 'close')).toEqual([0, null])
  // Below the 10 s that a service gets.
  expect(output).toMatch(/"stopDeadlineMs":8000.*"stopping"/)
})

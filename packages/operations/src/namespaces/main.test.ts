import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { type Refusal, startFrontend } from './frontend.fixture.ts'
import { INVALID_ARGUMENT, NOT_FOUND } from './grpc-status.ts'

const PROGRAM = fileURLToPath(new URL('../../dist/namespaces/main.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'namespaces-'))
const file = join(folder, 'namespaces.json')
writeFileSync(file, JSON.stringify({ namespaces: [{ name: 'orders', retentionDays: 7 }] }))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the job, which has no environment but this. */
async function run(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [PROGRAM, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

test('ends with 2 when it cannot run, and says all that is wrong with its settings', async () => {
  expect(await run([], {})).toMatchObject({ code: 2, output: expect.stringContaining('name the JSON file of namespaces') as string })
  const { code, output } = await run([file], { LOG_LEVEL: 'loud', OIDC_CLIENT_SECRET: 's3cret' })
  expect(code).toBe(2)
  for (const problem of ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'OIDC_CLIENT_ID is not set', 'LOG_LEVEL is']) expect(output).toContain(problem)
  expect(output).not.toContain('s3cret')
})

test.each<[string, Refusal, number, string]>([
  ['0 when all is as wanted', undefined, 0, '"msg":"ready"'],
  ['1 when the answer is no', { code: INVALID_ARGUMENT, details: 'a retention of 7 days is not allowed here' }, 1, 'a retention of 7 days is not allowed here'],
  ['2 when it is not let in', { code: 7, details: 'Request unauthorized.' }, 2, 'Temporal refuses calls without a token'],
])('ends with %s', async (_what, registration, expected, said) => {
  const missing = { code: NOT_FOUND, details: 'Namespace orders is not found.' }
  const frontend = await startFrontend((method) => (method === 'DescribeNamespace' ? missing : method === 'RegisterNamespace' ? registration : undefined))
  try {
    const { code, output } = await run([file], { TEMPORAL_ADDRESS: frontend.address, TEMPORAL_NAMESPACE: 'temporal-system' })
    expect({ code, output }).toEqual({ code: expected, output: expect.stringContaining(said) as string })
  } finally {
    frontend.close()
  }
})

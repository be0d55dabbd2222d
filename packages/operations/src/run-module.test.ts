import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const PROGRAM = fileURLToPath(new URL('../dist/run-module.js', import.meta.url))

async function run(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (output += piece.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

test('a job of the platform gets its arguments, and its exit code is the program’s', async () => {
  const { code, output } = await run('@sundial/operations/namespaces', '/no/such/file.json')
  expect(output).toContain('/no/such/file.json cannot be read')
  expect(code).toBe(2)
})

test('what no package has is said', async () => {
  expect(await run('@sundial/operations/nothing')).toEqual({ code: 2, output: 'sundial-run: no package here has the module "@sundial/operations/nothing"\n' })
  expect(await run('@sundial/nobody')).toEqual({ code: 2, output: 'sundial-run: no package here has the module "@sundial/nobody"\n' })
  expect(await run()).toEqual({ code: 2, output: 'usage: sundial-run <module> [arguments]\n' })
})

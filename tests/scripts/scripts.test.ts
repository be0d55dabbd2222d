import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../support/command.ts'

async function script(name: string, ...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  // From wherever one is.
  const child = spawn(join(ROOT, 'deploy/scripts', name), args, { cwd: tmpdir(), env: { ...process.env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

test('validate.sh is ./sundial validate', async () => {
  expect(await script('validate.sh', '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('sundial validate') as string })
})

test('deploy.sh is ./sundial deploy for the environment that it must be given', async () => {
  expect(await script('deploy.sh')).toMatchObject({ code: 2, stderr: expect.stringContaining('usage: deploy.sh') as string })
  expect(await script('deploy.sh', 'staging', '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('sundial deploy') as string })
})

import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { stateFolder } from './layout.ts'
import { lowSpace } from './low-space.ts'
import { temporaryFolder } from './temporary-folder.fixture.ts'

test('a disk with little space is told of', async (context) => {
  const state = stateFolder(await temporaryFolder(), 'development')
  mkdirSync(state.root, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=10m', 'tmpfs', state.root], { stdio: 'ignore' })
  } catch {
    context.skip('this user may not mount a small disk')
  }
  onTestFinished(() => void execFileSync('umount', [state.root]))
  expect(await lowSpace(state)).toBe(`the disk of ${state.root} has 10 MiB left`)
  execFileSync('mount', ['-o', 'remount,size=200m', state.root])
  expect(await lowSpace(state)).toBeUndefined()
})

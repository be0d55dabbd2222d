import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { forget, isHalfForgotten } from './forget.ts'
import { stateFolder } from './layout.ts'
import { lockState } from './lock-state.ts'
import { openState } from './open-state.ts'
import { temporaryFolder } from './temporary-folder.fixture.ts'

test('forgets all but the lock, the marker and what people gave', async () => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await openState(state)
  const lock = await lockState(state)
  const given = join(state.secrets, 'bank', 'api-key')
  await mkdir(join(state.secrets, 'bank'))
  await mkdir(join(state.data, 'postgresql'))
  for (const file of [given, join(state.secrets, 'bank', 'generated'), join(state.data, 'postgresql', 'PG_VERSION'), join(state.root, 'ports.json')])
    await writeFile(file, 'x')
  await forget(state, [given, join(state.secrets, 'other', 'not-there')])
  expect((await readdir(state.root, { recursive: true })).toSorted()).toEqual([
    'run',
    'run/lock.json',
    'secrets',
    'secrets/bank',
    'secrets/bank/api-key',
    'sundial-state.json',
  ])
  expect(await readFile(given, 'utf8')).toBe('x')
  await openState(state)
  await lock.release()
})

test('who is stopped half way leaves a mark, and the next one finishes it', async () => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await openState(state)
  await writeFile(join(state.secrets, 'password'), 'x')
  // Stands in for the kill: a kept path that cannot be read stops the removal.
  await writeFile(join(state.root, 'zz'), 'x')
  await expect(forget(state, [join(state.root, 'zz', 'below')])).rejects.toThrow('ENOTDIR')
  expect(isHalfForgotten(state)).toBe(true)
  await forget(state, [])
  expect([isHalfForgotten(state), (await readdir(state.root)).toSorted()]).toEqual([false, ['run', 'sundial-state.json']])
})

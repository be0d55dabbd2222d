import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { changedDataSettings, keepDataSettings } from './data-settings.ts'
import { stateFolder, type StateFolder } from './layout.ts'
import { openState } from './open-state.ts'
import { temporaryFolder } from './temporary-folder.fixture.ts'

const settings = (value: string) => ({ 'temporal.visibility': { value, ifChanged: 'Lists begin empty.' } })
let state: StateFolder
beforeEach(async () => {
  state = stateFolder(await temporaryFolder(), 'development')
})

test('tells what a change means for the data that are there, until it is the new setting', async () => {
  await openState(state)
  await keepDataSettings(state, settings('postgresql'))
  await writeFile(join(state.data, 'something'), '')
  expect(await changedDataSettings(state, settings('postgresql'))).toEqual([])
  expect(await changedDataSettings(state, settings('elasticsearch'))).toEqual([
    'temporal.visibility is elasticsearch, and was postgresql at the last start. Lists begin empty.',
  ])
  await keepDataSettings(state, settings('elasticsearch'))
  expect(await changedDataSettings(state, settings('elasticsearch'))).toEqual([])
})

test('has nothing to tell before the first start, without data, or of a damaged file', async () => {
  expect(await changedDataSettings(state, settings('elasticsearch'))).toEqual([])
  await openState(state)
  await keepDataSettings(state, settings('postgresql'))
  expect(await changedDataSettings(state, settings('elasticsearch'))).toEqual([])
  await writeFile(join(state.data, 'something'), '')
  await writeFile(join(state.root, 'data-settings.json'), '{')
  expect(await changedDataSettings(state, settings('elasticsearch'))).toEqual([])
})

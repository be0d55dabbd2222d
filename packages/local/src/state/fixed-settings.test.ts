import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { guardFixedSettings } from './fixed-settings.ts'
import { stateFolder, type StateFolder } from './layout.ts'
import { openState } from './open-state.ts'
import { temporaryFolder } from './temporary-folder.fixture.ts'

const shards = (value: number) => ({ 'temporal.historyShards': value })

let state: StateFolder
beforeEach(async () => {
  state = stateFolder(await temporaryFolder(), 'development')
  await openState(state)
  await mkdir(join(state.data, 'postgresql'))
})

/** As a program does at its first start, whether or not the start of the platform succeeds then. */
const begin = () => writeFile(join(state.data, 'postgresql', 'PG_VERSION'), '15')

test('a setting that was changed after the data were begun is refused, with the value that it had', async () => {
  await guardFixedSettings(state, shards(4))
  await begin()
  await guardFixedSettings(state, { ...shards(4), 'new.setting': 1 })
  await expect(guardFixedSettings(state, shards(8))).rejects.toMatchObject({
    code: 'SUN_CONFIG_INVALID',
    message: expect.stringMatching(/temporal\.historyShards is 8; the data in .* were begun with 4/),
  })
  await expect(guardFixedSettings(state, { 'new.setting': 2 })).rejects.toThrow('new.setting is 2')
})

test('a setting may be changed after a start that left no data', async () => {
  await guardFixedSettings(state, shards(4))
  await guardFixedSettings(state, shards(8))
  await begin()
  await guardFixedSettings(state, shards(8))
  await expect(guardFixedSettings(state, shards(4))).rejects.toThrow('were begun with 8')
})

test.each(['{"a":"x"}', '[1]', '{'])('refuses %s as settings, and does not replace it', async (content) => {
  await begin()
  await writeFile(join(state.root, 'fixed-settings.json'), content)
  await expect(guardFixedSettings(state, shards(4))).rejects.toMatchObject({ code: 'SUN_STATE_UNUSABLE' })
  await expect(guardFixedSettings(state, shards(4))).rejects.toMatchObject({ code: 'SUN_STATE_UNUSABLE' })
})

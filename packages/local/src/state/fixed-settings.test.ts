import { expect, test } from 'vitest'
import { checkFixedSettings, keepFixedSettings } from './fixed-settings.ts'
import { stateFolder } from './layout.ts'
import { openState } from './open-state.ts'
import { temporaryFolder } from './temporary-folder.fixture.ts'

test('a setting that was changed after the first start is refused, with the value that it had', async () => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await openState(state)
  await checkFixedSettings(state, { 'temporal.historyShards': 4 })
  await keepFixedSettings(state, { 'temporal.historyShards': 4 })
  await checkFixedSettings(state, { 'temporal.historyShards': 4, 'new.setting': 1 })
  await expect(checkFixedSettings(state, { 'temporal.historyShards': 8 })).rejects.toMatchObject({
    code: 'SUN_CONFIG_INVALID',
    message: expect.stringMatching(/temporal\.historyShards is 8; the data in .* were begun with 4/),
  })
})

import { resolvePlatform } from '@sundial/platform'
import { makePlan } from '@sundial/platform/plan'
import { expect, test } from 'vitest'
import { installPrograms } from './programs.ts'

test('needs no program of a system that others run', async () => {
  const platform = {
    name: 'test',
    postgresql: { external: { host: 'db.example.com' } },
    temporal: { external: { address: 'temporal.example.com:7233' } },
    webUi: { external: { url: 'https://temporal.example.com' } },
  }
  // Nothing of the machine is found with an empty environment.
  expect(await installPrograms(makePlan(resolvePlatform(platform, 'development')), { env: {} })).toEqual([])
})

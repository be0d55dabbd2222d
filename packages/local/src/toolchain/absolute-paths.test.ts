import { join } from 'node:path'
import { expect, test } from 'vitest'
import { absolutePaths } from './absolute-paths.ts'
import { cacheFolder } from './cache-folder.ts'

test('paths in the variables that we read become absolute, and nothing else changes', () => {
  const here = (path: string) => join(process.cwd(), path)
  expect(
    absolutePaths({
      SUNDIAL_CACHE: 'cache',
      SUNDIAL_PROGRAM_TEMPORAL_UI: '../ui',
      SUNDIAL_PROGRAM_POSTGRESQL: '',
      NODE_EXTRA_CA_CERTS: 'ca.pem',
      SUNDIAL_STATE: 'state',
      OTHER: 'other',
    }),
  ).toEqual({
    SUNDIAL_CACHE: here('cache'),
    SUNDIAL_PROGRAM_TEMPORAL_UI: here('../ui'),
    SUNDIAL_PROGRAM_POSTGRESQL: '',
    NODE_EXTRA_CA_CERTS: here('ca.pem'),
    // It is seen from the project, wherever the process runs.
    SUNDIAL_STATE: 'state',
    OTHER: 'other',
  })
})

test('the cache has an absolute path, whatever the variables say', () => {
  expect(cacheFolder({ SUNDIAL_CACHE: 'cache' })).toBe(join(process.cwd(), 'cache'))
  expect(cacheFolder({ XDG_CACHE_HOME: 'cache' })).toBe(join(process.cwd(), 'cache/sundial'))
  expect(cacheFolder({ HOME: '/ada' })).toBe('/ada/.cache/sundial')
})

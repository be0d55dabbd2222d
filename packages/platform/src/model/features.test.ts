import { expect, test } from 'vitest'
import { featureName, FEATURES } from './features.ts'

test('knows its features, and suggests one for a misspelt name', () => {
  expect(Object.keys(FEATURES).map(featureName)).toEqual(Object.keys(FEATURES))
  expect(() => featureName('elasticsaerch')).toThrow(
    expect.objectContaining({ code: 'SUN_UNKNOWN_NAME', hint: 'did you mean "elasticsearch"?', message: expect.stringContaining('known: elasticsearch') }),
  )
  expect(() => featureName('toString')).toThrow(expect.objectContaining({ hint: 'Use one of these.' }))
})

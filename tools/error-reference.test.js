import { expect, test } from 'vitest'
import { errorReference } from './error-reference.js'

test('has a section for each error, that links can name', () => {
  const text = errorReference({ SUN_A: { exitCode: 1, meaning: 'The answer is no.' }, SUN_B: { exitCode: 2, meaning: 'It cannot run.' } })
  expect(text.slice(text.indexOf('## SUN_A'))).toBe('## SUN_A\n\nThe answer is no.\n\nExit code 1.\n\n## SUN_B\n\nIt cannot run.\n\nExit code 2.\n')
})

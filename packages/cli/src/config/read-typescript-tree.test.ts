import { expect, test } from 'vitest'
import { typescriptTree } from './read-typescript-tree.ts'
import { nearest } from './source-tree.ts'

/** The text at the place of a setting, up to the end of the line. */
async function at(text: string, ...keys: readonly string[]): Promise<string | undefined> {
  const tree = await typescriptTree('sundial.config.ts', text)
  return tree && text.slice(nearest(tree, keys).node.offset).split('\n')[0]
}

test.each([
  ['a call', 'export default definePlatform({ a: 1 })', '1 })'],
  ['a bare object', 'export default { a: 1 }', '1 }'],
  ['an object with a type', 'export default ({ a: 1 } as const) satisfies X', '1 } as const) satisfies X'],
  ['a key in quotes', 'export default { "a": 1 }', '1 }'],
  ['the later of two', 'export default { a: 1, a: 2 }', '2 }'],
  ['a spread before it', 'export default { ...common, a: 1 }', '1 }'],
  ['a spread behind it, which may replace it', 'export default { a: 1, ...common }', '{ a: 1, ...common }'],
  ['a computed key', 'export default { ["a"]: 1 }', '{ ["a"]: 1 }'],
  ['a name', 'export default platform', undefined],
  ['no default export', 'export const a = 1', undefined],
  ['a broken file', 'export default {', undefined],
])('finds a setting in %s', async (_, text, expected) => expect(await at(text, 'a')).toBe(expected))

test('finds what is within, as far as it is written out', async () => {
  const text = 'export default { a: { b: [1, { c: 2 }] },\n d: shared }'
  expect(await at(text, 'a', 'b', '1', 'c')).toBe('2 }] },')
  expect(await at(text, 'a', 'b', '7')).toBe('b: [1, { c: 2 }] },')
  expect(await at(text, 'd', 'e')).toBe('shared }')
})

import { expect, test } from 'vitest'
import { fillIntegrity, withoutIntegrity } from './integrity.js'

test('finds packages without a hash, and adds those that the registry knows', async () => {
  const packages = {
    '': { version: '0.1.0' },
    'node_modules/ours': { resolved: 'packages/ours', link: true },
    'node_modules/safe': { version: '1.0.0', integrity: 'sha512-safe' },
    'node_modules/safe/node_modules/@x/known': { version: '1.2.3', optional: true },
    'node_modules/@x/unknown': { version: '4.5.6' },
  }
  expect(withoutIntegrity({ packages }).map(({ name, version }) => `${name}@${version}`)).toEqual(['@x/known@1.2.3', '@x/unknown@4.5.6'])
  const filled = await fillIntegrity({ packages }, async (name, version) => (name === '@x/known' ? `sha512-${version}` : undefined))
  expect(filled.packages).toEqual({
    ...packages,
    'node_modules/safe/node_modules/@x/known': { version: '1.2.3', integrity: 'sha512-1.2.3', optional: true },
  })
})

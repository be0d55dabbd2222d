import { expect, test } from 'vitest'
import { completeLockFile, missingPackages, registryAddresses } from './lock-file.js'

const optionalDependencies = { '@x/binding-linux-x64-gnu': '1.2.3', '@x/binding-linux-arm64-musl': '1.2.3', '@x/binding-win32-arm64-msvc': '1.2.3' }
const lock = {
  packages: {
    '': {},
    'node_modules/@x/binding-linux-x64-gnu': { version: '1.2.3', optional: true },
    'node_modules/x': { version: '1.2.3', dev: true, optionalDependencies },
  },
}

test('adds the optional packages of other systems that a registry did not have, in their place', () => {
  expect(missingPackages(lock).map(({ name }) => name)).toEqual(['@x/binding-linux-arm64-musl', '@x/binding-win32-arm64-msvc'])
  const completed = completeLockFile(lock)
  expect(Object.keys(completed.packages)).toEqual([
    '',
    'node_modules/@x/binding-linux-arm64-musl',
    'node_modules/@x/binding-linux-x64-gnu',
    'node_modules/@x/binding-win32-arm64-msvc',
    'node_modules/x',
  ])
  expect(completed.packages['node_modules/@x/binding-linux-arm64-musl']).toEqual({
    version: '1.2.3',
    cpu: ['arm64'],
    dev: true,
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  })
  expect(missingPackages(completed)).toEqual([])
})

test('finds a package below the one that wants it', () => {
  const nested = {
    packages: { 'node_modules/y': { optionalDependencies: { fsevents: '2.3.3' } }, 'node_modules/y/node_modules/fsevents': { version: '2.3.3' } },
  }
  expect(missingPackages(nested)).toEqual([])
})

test.each([
  ['fsevents', '2.3.3'],
  ['@x/binding-linux-x64-gnu', '^1.0.0'],
])('does not guess at %s %s', (name, version) => {
  expect(() => completeLockFile({ packages: { 'node_modules/y': { optionalDependencies: { [name]: version } } } })).toThrow(
    `node_modules/y wants the optional package ${name} ${version}`,
  )
})

test('finds addresses of registries, and not links to our own packages', () => {
  const host = ['https://packages', 'example/x.tgz'].join('.')
  expect(registryAddresses(`{ "resolved": "packages/api", "link": true }, { "resolved": "${host}" }`)).toEqual([host])
})

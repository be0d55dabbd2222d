import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BootstrapError } from './bootstrap-error.js'
import { checkNodeVersion } from './node-version.js'

/** @type {string} */
let root
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sundial-node-version-'))
})
afterAll(() => rmSync(root, { recursive: true }))

/** @param {string} version @param {string} [range] */
const check = (version, range = '>=20.19') => {
  writeFileSync(join(root, 'package.json'), JSON.stringify({ engines: { node: range } }))
  checkNodeVersion(root, version)
}

test.each(['20.19.0', '20.20.1', '21.0.0', '24.3.0'])('takes %s', (version) => {
  expect(() => check(version)).not.toThrow()
})

test.each(['20.18.3', '18.20.8', '9.11.2'])('refuses %s, and says what is needed', (version) => {
  expect(() => check(version)).toThrow(BootstrapError)
  expect(() => check(version)).toThrow(`Sundial needs Node 20.19 or newer, and this is Node ${version} (`)
})

test('does not guess at a range that it cannot read', () => {
  expect(() => check('24.0.0', '^20 || ^22')).toThrow('engines.node of package.json is "^20 || ^22"')
})

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BootstrapError } from './bootstrap-error.js'
import { ensureDependencies, sameInstallation, withoutNoise } from './dependencies.js'

/** @type {string} */
let root
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sundial-dependencies-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true })
})

/** A project whose only dependency is a part of itself, so that npm needs no network. @param {string} [version] */
function project(version = '1.0.0') {
  mkdirSync(join(root, 'part'), { recursive: true })
  const own = { name: 'own', version: '1.0.0', workspaces: ['part'] }
  const part = { name: 'part', version }
  writeFileSync(join(root, 'package.json'), JSON.stringify(own))
  writeFileSync(join(root, 'part', 'package.json'), JSON.stringify(part))
  const packages = { '': own, 'node_modules/part': { resolved: 'part', link: true }, part: { name: 'part', version } }
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ name: 'own', version: '1.0.0', lockfileVersion: 3, requires: true, packages }))
}
const installed = () => statSync(join(root, 'node_modules', '.package-lock.json')).mtimeMs
const recorded = () => readFileSync(join(root, 'node_modules', '.sundial-lock'), 'utf8')

test('installs once, and again when the lock file asks for something else', () => {
  project()
  ensureDependencies(root)
  const [first, hash] = [installed(), recorded()]
  ensureDependencies(root)
  expect(installed()).toBe(first)
  project('2.0.0')
  ensureDependencies(root)
  expect(installed()).toBeGreaterThan(first)
  expect(recorded()).not.toBe(hash)
})

test('takes what "npm install" has just made as it is', () => {
  project()
  ensureDependencies(root)
  const first = installed()
  rmSync(join(root, 'node_modules', '.sundial-lock'))
  ensureDependencies(root)
  expect(installed()).toBe(first)
  expect(recorded()).toMatch(/^[0-9a-f]{64}$/)
})

test('fails with what npm said, even below an npm that is silent, and leaves no record', () => {
  vi.stubEnv('npm_config_loglevel', 'silent')
  project()
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ name: 'own', version: '1.0.0', workspaces: ['part'], dependencies: { 'left-out': 'file:nowhere' } }),
  )
  expect(() => ensureDependencies(root)).toThrow(BootstrapError)
  expect(() => ensureDependencies(root)).toThrow(/Missing: left-out@.*\n[^]*ended with exit code 1; what npm said is above[^]*run "npm install"/)
  expect(recorded).toThrow('ENOENT')
})

test('a missing lock file is not installed around', () => {
  expect(() => ensureDependencies(root)).toThrow(/package-lock\.json is missing/)
})

const a = { version: '1.0.0', integrity: 'x' }
test.each([
  ['is the same', { '': {}, a }, { a }, true],
  ['lacks a package', { a, b: a }, { a }, false],
  ['lacks an optional package', { a, b: { ...a, optional: true } }, { a }, true],
  ['has a package too many', { a }, { a, b: a }, false],
  ['has another version', { a }, { a: { ...a, version: '1.0.1' } }, false],
  ['has other content', { a }, { a: { ...a, integrity: 'y' } }, false],
  ['links elsewhere', { a: { link: true, resolved: 'p' } }, { a: { link: true, resolved: 'q' } }, false],
])('an installation that %s', (_, locked, found, expected) => {
  expect(sameInstallation(locked, found)).toBe(expected)
})

test('keeps what matters of what npm said', () => {
  const lines = [
    'npm error code EUSAGE',
    'npm error Missing: x@1',
    'npm error Clean install a project',
    'npm error Options:',
    'npm error --install',
    'npm error Run "npm help ci" for more info',
    'npm error A complete log of this run can be found in: x.log',
  ]
  expect(withoutNoise(lines.join('\n')).split('\n')).toEqual([
    'npm error code EUSAGE',
    'npm error Missing: x@1',
    'npm error A complete log of this run can be found in: x.log',
  ])
})

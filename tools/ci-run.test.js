import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

/** @type {string} */
let folder
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-ci-'))
  mkdirSync(join(folder, 'repository', '.ci'), { recursive: true })
  mkdirSync(join(folder, 'repository', 'tools'))
  mkdirSync(join(folder, 'bin'))
  cpSync(fileURLToPath(new URL('../.ci/run', import.meta.url)), join(folder, 'repository', '.ci', 'run'))
  writeFileSync(join(folder, 'repository', 'tools', 'bootstrap.js'), `export const bootstrap = () => {}`)
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs .ci/run with an npm whose two commands do as they are told. @param {{ check: string, test: string }} commands */
function run({ check, test: tests }) {
  program('npm', `case "$*" in *check*) ${check} ;; *test*) ${tests} ;; esac`)
  // Nothing is installed by this test, whatever the machine has.
  for (const name of ['chromium', 'openssl', 'unshare', 'java', 'mvn', 'apt-get']) program(name, 'exit 0')
  const { stdout, stderr, status } = spawnSync(join(folder, 'repository', '.ci', 'run'), {
    encoding: 'utf8',
    env: { ...process.env, SUNDIAL_CRDS: undefined, SUNDIAL_CHARTS: undefined, PATH: `${join(folder, 'bin')}:${process.env.PATH}` },
  })
  return { last: stdout.trimEnd().split('\n').at(-1), stdout, stderr, status }
}

/** @param {string} name @param {string} body */
function program(name, body) {
  const path = join(folder, 'bin', name)
  writeFileSync(path, `#!/bin/sh\n${body}\n`)
  chmodSync(path, 0o755)
}

test('ends with one line of counts, in which the check is one', () => {
  expect(run({ check: 'exit 0', test: `echo '3 passed, 0 failed'` })).toMatchObject({ last: '4 passed, 0 failed', status: 0 })
  expect(run({ check: 'exit 1', test: `echo '3 passed, 0 failed, 2 skipped'` })).toMatchObject({ last: '3 passed, 1 failed', status: 1 })
  expect(run({ check: 'exit 0', test: `echo '3 passed, 2 failed'; exit 1` })).toMatchObject({ last: '4 passed, 2 failed', status: 1 })
})

test('takes the last line of counts, and nothing that only looks like it', () => {
  expect(run({ check: 'exit 0', test: `echo '9 passed, 9 failed'; echo '  8 passed, 8 failed'; echo '3 passed, 0 failed'; echo bye` })).toMatchObject({
    last: '4 passed, 0 failed',
  })
})

test('fails clearly when the tests leave no line, or end badly without a failure', () => {
  const silent = run({ check: 'exit 0', test: 'echo crashed; exit 7' })
  expect(silent).toMatchObject({ last: '1 passed, 1 failed', status: 1 })
  expect(silent.stderr).toContain('npm test ended with exit code 7 and did not print its line')
  const contradiction = run({ check: 'exit 0', test: `echo '3 passed, 0 failed'; exit 1` })
  expect(contradiction).toMatchObject({ last: '4 passed, 1 failed', status: 1 })
  expect(contradiction.stderr).toContain('although it counted no failure')
})

test('gives the data beside the repository to the tests, and passes by without it', () => {
  const show = { check: 'exit 0', test: `echo "crds \${SUNDIAL_CRDS-none} charts \${SUNDIAL_CHARTS-none}"; echo '1 passed, 0 failed'` }
  expect(run(show).stdout).toContain('crds none charts none')
  mkdirSync(join(folder, 'shared', 'crds'), { recursive: true })
  expect(run(show).stdout).toContain(`crds ${join(folder, 'shared', 'crds')} charts none`)
})

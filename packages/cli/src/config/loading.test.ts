import { expect, test } from 'vitest'
import { runCli, temporaryProject } from './project.fixture.ts'

const check = async (files: Readonly<Record<string, string>>) => runCli(['config', 'check'], await temporaryProject(files))

test('says yes to a good configuration, in one line', async () => {
  expect(await check({ 'sundial.config.yaml': 'name: test\n' })).toEqual({
    code: 0,
    stdout: '✓ sundial.config.yaml is valid for development, staging, production\n',
    stderr: '',
  })
})

test('says no with exit code 1, and says in which environments', async () => {
  const { code, stderr } = await check({ 'sundial.config.yaml': 'name: test\nenvironments:\n  production:\n    temporal: {replicas: 3}\n' })
  expect(code).toBe(1)
  expect(stderr).toMatch(/postgresql\.maxConnections {2}sundial\.config\.yaml:1:1\n {4}in production: is 200, but Temporal's pools may open 450/)
})

test('prints for programs what it found, right or wrong', async () => {
  const folder = await temporaryProject({ 'sundial.config.yaml': 'name: test\nwebUi:\n  port: 80\n' })
  const { code, stdout, stderr } = await runCli(['config', 'check', '--json'], folder)
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
  expect(JSON.parse(stdout)).toEqual({
    file: 'sundial.config.yaml',
    valid: false,
    problems: [
      { path: 'webUi.port', message: 'must be at least 1024; found 80', location: { file: 'sundial.config.yaml', line: 3, column: 9 }, environments: [] },
    ],
  })
})

test.each<[what: string, files: Readonly<Record<string, string>>, code: number, message: RegExp]>([
  ['no configuration', {}, 2, /there is no sundial\.config\.ts or sundial\.config\.yaml in .*SUN_CONFIG_NOT_FOUND/s],
  ['another ending', { 'sundial.config.yml': 'name: test' }, 2, /rename it to sundial\.config\.yaml/],
  ['both forms', { 'sundial.config.yaml': '', 'sundial.config.ts': '' }, 2, /has both sundial\.config\.ts and sundial\.config\.yaml\n.*SUN_CONFIG_AMBIGUOUS/s],
  [
    'an import that fails',
    { 'sundial.config.ts': "import './absent.js'\nexport default {}" },
    2,
    /could not be loaded: Could not resolve "\.\/absent\.js" \(sundial\.config\.ts:1:8\)/,
  ],
  [
    'an export that never comes',
    { 'sundial.config.ts': 'await new Promise(() => {})\nexport default {}' },
    2,
    /does not finish loading: it awaits something that never comes/,
  ],
  [
    'a contract that never comes',
    { 'sundial.config.yaml': 'name: test\napplications: {shop: {contract: ./stuck.js, worker: {module: ./w.js}}}', 'stuck.js': 'await new Promise(() => {})' },
    1,
    /shop\.contract .*:2:33\n.*stuck\.js does not finish loading/,
  ],
  [
    'a second contract',
    { 'sundial.config.yaml': 'name: test\napplications: {shop: {contract: ./absent.js, worker: {module: ./w.js}}}' },
    1,
    /shop\.contract .*:2:33\n {4}\.\/absent\.js is not there\n/,
  ],
  ['something that is not text', { 'sundial.config.yaml': '\u0000', 'contract.js': '' }, 2, /sundial\.config\.yaml/],
])('says clearly: %s', async (_, files, code, message) => {
  const ended = await check(files)
  expect(ended.stderr).toMatch(message)
  expect(ended).toMatchObject({ code, stdout: '' })
})

test('ends, even if the configuration leaves something open', async () => {
  const { code, stdout } = await check({ 'sundial.config.ts': 'setInterval(() => {}, 1000)\nexport default { name: "test" }' })
  expect({ code, stdout }).toEqual({ code: 0, stdout: '✓ sundial.config.ts is valid for development, staging, production\n' })
})

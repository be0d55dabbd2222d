import { expect, test } from 'vitest'
import { runCli, temporaryProject } from './config/project.fixture.ts'

test('doctor says what is wrong with the configuration, and looks at the rest of the machine', async () => {
  const folder = await temporaryProject({ 'sundial.config.yaml': 'name: Test\n' })
  const { code, stdout } = await runCli(['doctor', '--json'], folder)
  const { healthy, findings } = JSON.parse(stdout) as { healthy: boolean; findings: { check: string; verdict: string; found: string; fix?: string }[] }
  expect({ code, healthy }).toEqual({ code: 1, healthy: false })
  expect(findings).toContainEqual(expect.objectContaining({ check: 'configuration', found: 'The configuration has 1 problem', fix: './sundial config check' }))
  expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(['system', 'node', 'disk', 'state']))
})

test.each([['--version'], ['-V'], ['version']])('%s shows what Sundial brings', async (word) => {
  expect(await runCli([word], '/')).toEqual({
    code: 0,
    stdout: `sundial 0.1.0\nTemporal server 1.32.1, Web UI 2.55.0, PostgreSQL 15\nNode ${process.versions.node}\n`,
    stderr: '',
  })
})

test.each([
  [['dctor'], 'Did you mean doctor?'],
  [['up', '--detatch'], 'Did you mean --detach?'],
  [['config', 'chek'], 'Did you mean check?'],
  [['start'], 'Did you mean: ./sundial up'],
])('%j is answered with what was probably meant', async (args, meant) => {
  expect(await runCli(args, '/')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(meant) })
})

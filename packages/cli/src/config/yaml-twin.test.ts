import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT, runCli, temporaryProject } from './project.fixture.ts'

test.each(['development', 'staging', 'production'])('the configuration of this repository and its YAML twin give the same plan for %s', async (environment) => {
  const twin = await readFile(join(ROOT, 'docs/reference/sundial.config.yaml'), 'utf8')
  const folder = await temporaryProject({ 'sundial.config.yaml': twin })
  const args = ['plan', '--json', '--environment', environment]
  const [fromYaml, fromTypescript] = await Promise.all([runCli(args, folder), runCli(args, ROOT)])
  expect(fromYaml).toMatchObject({ code: 0, stderr: '' })
  expect(fromYaml.stdout.length).toBeGreaterThan(10_000)
  expect(fromYaml.stdout).toBe(fromTypescript.stdout)
})

import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { runCli, temporaryProject } from './project.fixture.ts'

/** The name of the platform says what was found; a problem with it shows it. */
async function nameOf(files: Readonly<Record<string, string>>): Promise<{ found: unknown; folder: string }> {
  const folder = await temporaryProject(files)
  const { stdout } = await runCli(['config', 'check', '--json'], folder)
  const { problems } = JSON.parse(stdout) as { problems: { path: string; message: string }[] }
  const message = problems.find(({ path }) => path === 'name')?.message ?? ''
  return { found: /found "(.*)"/.exec(message)?.[1], folder }
}

test('a configuration may be split, and each file of it knows where it is', async () => {
  const { found, folder } = await nameOf({
    'sundial.config.ts': "import { where } from './where-it-is.js'\nexport default { name: `_${where}` }\n",
    'where-it-is.ts': "enum Separator { bar = '|' }\nexport const where: string = [import.meta.url.slice(-20), __dirname.slice(-12)].join(Separator.bar)\n",
  })
  expect(found).toBe(`_${pathToFileURL(`${folder}/where-it-is.ts`).href.slice(-20)}|${folder.slice(-12)}`)
})

test('what is JavaScript already is imported as it is, once, and JSON is data', async () => {
  const { found, folder } = await nameOf({
    'package.json': '{"type":"module"}',
    'sundial.config.ts':
      "import { where } from './where.js'\nimport * as same from './second.ts'\nimport data from './data.json'\nexport default { name: `_${where}|${same.where === where}|${data.size}` }\n",
    'second.ts': "export { where } from './where.js'\n",
    'where.js': 'export const where = { toString: () => import.meta.url }\n',
    'data.json': '{"size":7}',
  })
  expect(found).toBe(`_${pathToFileURL(`${folder}/where.js`).href}|true|7`)
})

test('an error of the language has its place', async () => {
  const folder = await temporaryProject({ 'sundial.config.ts': "import './part.ts'\nexport default { name: 'test' }\n", 'part.ts': 'export const a = 1 +;\n' })
  const { code, stderr } = await runCli(['config', 'check'], folder)
  expect(stderr).toMatch(/could not be loaded: Unexpected ";" \(part\.ts:1:21\)/)
  expect(code).toBe(2)
})

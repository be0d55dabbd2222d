import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { stateFolder } from './layout.ts'
import { openState } from './open-state.ts'
import { temporaryFolder } from './temporary-folder.fixture.ts'

const modeOf = async (path: string) => (await stat(path)).mode & 0o777

test('makes folders that only their owner can open, and keeps what is in them', async () => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await openState(state)
  await writeFile(join(state.data, 'precious'), 'kept')
  await openState(state)
  expect(await readFile(join(state.data, 'precious'), 'utf8')).toBe('kept')
  for (const folder of [state.root, state.secrets, state.certificates, state.config, state.data, state.logs, state.run])
    expect(await modeOf(folder)).toBe(0o700)
})

test('takes a folder in which people have put secrets before the first start', async () => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await mkdir(join(state.secrets, 'given'), { recursive: true, mode: 0o755 })
  await writeFile(join(state.secrets, 'given', 'password'), 'theirs')
  await openState(state)
  expect(await readFile(join(state.secrets, 'given', 'password'), 'utf8')).toBe('theirs')
  expect(await modeOf(state.secrets)).toBe(0o700)
})

test('closes folders that were opened to others', async () => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await mkdir(state.root, { recursive: true, mode: 0o755 })
  await openState(state)
  expect(await modeOf(state.root)).toBe(0o700)
})

test("keeps itself out of version control, and leaves the user's own file above it alone", async () => {
  const folder = await temporaryFolder()
  vi.stubEnv('SUNDIAL_STATE', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  await writeFile(join(folder, '.gitignore'), '*.log\n')
  const state = stateFolder('/project', 'development')
  await openState(state)
  expect(await readFile(join(state.root, '.gitignore'), 'utf8')).toBe('*\n')
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('*.log\n')
})

test('the state is below the project, or where the variable says, seen from the project', () => {
  onTestFinished(() => void vi.unstubAllEnvs())
  for (const [value, root] of [
    ['', '/project/.sundial/development'],
    ['../elsewhere', '/elsewhere/development'],
    ['/absolute', '/absolute/development'],
  ] as const) {
    vi.stubEnv('SUNDIAL_STATE', value)
    expect(stateFolder('/project', 'development').root).toBe(root)
  }
})

test.each([
  ['something else', 'notes.txt', 'hello', /was not made by Sundial: it holds notes\.txt/],
  ['a newer format', 'sundial-state.json', '{"format":99}', /has state format 99; this version of Sundial knows 1/],
  ['a damaged marker', 'sundial-state.json', '{"for', /cannot be read as the marker/],
])('refuses a folder with %s', async (_what, file, content, message) => {
  const state = stateFolder(await temporaryFolder(), 'development')
  await mkdir(state.root, { recursive: true })
  await writeFile(join(state.root, file), content)
  await expect(openState(state)).rejects.toMatchObject({ code: 'SUN_STATE_UNUSABLE', message: expect.stringMatching(message) })
  expect(await readFile(join(state.root, file), 'utf8')).toBe(content)
})

test('says so when the folder cannot be written', async () => {
  const project = await temporaryFolder()
  await writeFile(join(project, '.sundial'), 'a file where the folder should be')
  const state = stateFolder(project, 'development')
  await expect(openState(state)).rejects.toMatchObject({
    code: 'SUN_STATE_UNUSABLE',
    message: expect.stringContaining(`${state.root} cannot be written: ENOTDIR`),
  })
})

test.each(['', '..', 'a/b', 'Development'])('an environment cannot be called "%s"', (name) => {
  expect(() => stateFolder('/project', name)).toThrow(/cannot be the name of an environment/)
})

test('says that a folder cannot be made where nothing can, and does not hang', async (context) => {
  context.skip(process.platform !== 'linux', 'only Linux has /proc')
  vi.stubEnv('SUNDIAL_STATE', '/proc/sundial')
  onTestFinished(() => void vi.unstubAllEnvs())
  await expect(openState(stateFolder('/project', 'development'))).rejects.toMatchObject({ code: 'SUN_STATE_UNUSABLE' })
})

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import type { ProgramProgress, ProgramRequest } from './program.ts'
import { emptyCache } from './release-server.fixture.ts'
import { resolvePrograms } from './resolve-programs.ts'

const request: ProgramRequest = { name: 'my-clock', version: '1.2.3', commands: ['clock-server', 'clock-tool'] }

async function folderWith(commands: readonly string[], says = 'version 1.2.3'): Promise<string> {
  const folder = join(await temporaryFolder(), 'bin')
  await mkdir(folder)
  for (const command of commands) await writeFile(join(folder, command), `#!/bin/sh\necho "${says}"\n`, { mode: 0o755 })
  return folder
}

const resolveAt = async (path: string, onProgress?: (progress: ProgramProgress) => void) => {
  const programs = await resolvePrograms([request], { env: { ...(await emptyCache()), SUNDIAL_PROGRAM_MY_CLOCK: path }, onProgress })
  return programs.get('my-clock')
}

test('a folder holds all commands', async () => {
  const folder = await folderWith(request.commands)
  expect(await resolveAt(folder)).toEqual({
    name: 'my-clock',
    version: '1.2.3',
    from: 'explicit',
    commands: { 'clock-server': join(folder, 'clock-server'), 'clock-tool': join(folder, 'clock-tool') },
  })
})

test('a file is the first command, with the others beside it', async () => {
  const folder = await folderWith(['built-by-me', 'clock-tool'])
  expect(await resolveAt(join(folder, 'built-by-me'))).toMatchObject({
    commands: { 'clock-server': join(folder, 'built-by-me'), 'clock-tool': join(folder, 'clock-tool') },
  })
})

test('another version is used, and told', async () => {
  const told: ProgramProgress[] = []
  await resolveAt(await folderWith(request.commands, 'version 2.0.0'), (progress) => told.push(progress))
  expect(told.map(({ message }) => message)).toContainEqual(expect.stringMatching(/says "version 2\.0\.0"; the platform expects 1\.2\.3/))
})

test('a path that leads nowhere is an error, not a reason to look elsewhere', async () => {
  const folder = await folderWith(['clock-server'])
  await expect(resolveAt(folder)).rejects.toThrow(`explicit path: SUNDIAL_PROGRAM_MY_CLOCK is ${folder}, and ${join(folder, 'clock-tool')} cannot be run`)
  await expect(resolveAt('/no/such/folder')).rejects.toThrow('/no/such/folder cannot be run')
})

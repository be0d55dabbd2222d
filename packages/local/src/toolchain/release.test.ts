import { execFile } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { hostPlatform, programFolder } from './cache-folder.ts'
import { discardDamaged } from './discard-damaged.ts'
import type { ProgramProgress } from './program.ts'
import { clockRequest, emptyCache, packRelease, serveHttp, serveRelease } from './release-server.fixture.ts'
import { resolvePrograms } from './resolve-programs.ts'

/** What is left of a program's folder, locks included. */
const leftovers = async (env: NodeJS.ProcessEnv) => readdir(dirname(programFolder(clockRequest('http://x'), env)))
const installedName = `1.2.3-${hostPlatform().os}-${hostPlatform().arch}`

/** As many other bytes. */
async function overwrite(path: string): Promise<void> {
  await writeFile(path, Buffer.alloc((await readFile(path)).length, '#'))
}

test('fetches, checks and unpacks a release once, and then has it without a network', async () => {
  const { origin, fetched } = await serveRelease(await packRelease())
  const env = await emptyCache()
  const request = clockRequest(origin)
  const first = (await resolvePrograms([request], { env })).get('clock')
  expect(first).toMatchObject({ from: 'release', version: '1.2.3' })
  expect((await promisify(execFile)(first?.commands.clock ?? '')).stdout).toBe('clock version 1.2.3\n')
  const second = (await resolvePrograms([request], { env })).get('clock')
  expect(second).toEqual({ ...first, from: 'cache' })
  expect(fetched()).toBe(1)
  expect(await leftovers(env)).toEqual([installedName])
})

test('tells how much of it is there', async () => {
  const release = await packRelease()
  const { origin } = await serveRelease(release)
  const told: ProgramProgress[] = []
  await resolvePrograms([clockRequest(origin)], { env: await emptyCache(), onProgress: (progress) => told.push(progress) })
  const bytes = told.filter(({ totalBytes }) => totalBytes === release.archive.length).map(({ doneBytes }) => doneBytes)
  expect(bytes.length).toBeGreaterThan(0)
  expect(bytes.at(-1)).toBe(release.archive.length)
  expect(told.at(-1)).toMatchObject({ program: 'clock', step: 'release', message: expect.stringContaining('installed in') })
})

test('two who need it at once fetch it once', async () => {
  const { origin, fetched } = await serveRelease(await packRelease())
  const env = await emptyCache()
  const resolved = await Promise.all([1, 2, 3].map(() => resolvePrograms([clockRequest(origin)], { env })))
  expect(resolved.map((programs) => programs.get('clock')?.from).toSorted()).toEqual(['cache', 'cache', 'release'])
  expect(fetched()).toBe(1)
})

test.each([
  ['cut short', (path: string) => truncate(path, 100), /is damaged: clock has 100 bytes and should have \d+/],
  ['overwritten by as many bytes', (path: string) => overwrite(path), /is damaged: clock has another SHA-256 than when it was installed/],
  ['removed', (path: string) => rm(path), /has lost clock/],
  ['not executable any more', (path: string) => chmod(path, 0o644), /is damaged: clock cannot be run/],
  ['without its manifest', (path: string) => rm(join(path, '..', 'manifest.json')), /is not there/],
])('a cached program that was %s is fetched again', async (_how, damage, problem) => {
  const { origin, fetched } = await serveRelease(await packRelease())
  const env = await emptyCache()
  const path = (await resolvePrograms([clockRequest(origin)], { env })).get('clock')?.commands.clock ?? ''
  await damage(path)
  const told: ProgramProgress[] = []
  const again = await resolvePrograms([clockRequest(origin)], { env, onProgress: (progress) => told.push(progress) })
  expect(again.get('clock')?.from).toBe('release')
  expect(told).toContainEqual(expect.objectContaining({ step: 'cache', message: expect.stringMatching(problem) }))
  expect(fetched()).toBe(2)
  expect((await promisify(execFile)(path)).stdout).toBe('clock version 1.2.3\n')
  expect(await leftovers(env)).toEqual([installedName])
})

test('a program that was written at another time, with the same content, is as good, and is read once', async () => {
  const { origin, fetched } = await serveRelease(await packRelease())
  const env = await emptyCache()
  const path = (await resolvePrograms([clockRequest(origin)], { env })).get('clock')?.commands.clock ?? ''
  const { mtimeMs } = await stat(path)
  await utimes(path, 0, 0)
  expect((await resolvePrograms([clockRequest(origin)], { env })).get('clock')?.from).toBe('cache')
  expect(Math.floor((await stat(path)).mtimeMs)).toBe(Math.floor(mtimeMs))
  expect(fetched()).toBe(1)
})

test('damage that does not show from outside is found when it is looked for, and what is damaged is fetched again', async () => {
  const { origin, fetched } = await serveRelease(await packRelease())
  const env = await emptyCache()
  const request = clockRequest(origin)
  const path = (await resolvePrograms([request], { env })).get('clock')?.commands.clock ?? ''
  expect(await discardDamaged([request], env)).toEqual([])
  const { atime, mtime } = await stat(path)
  await overwrite(path)
  await utimes(path, atime, new Date(mtime.getTime() + 0.5))
  expect((await resolvePrograms([request], { env })).get('clock')?.from).toBe('cache')
  expect(await discardDamaged([request], { ...env, SUNDIAL_PROGRAM_CLOCK: '/opt/clock' })).toEqual([])
  expect(await discardDamaged([request], env)).toEqual([`${dirname(path)} is damaged: clock has another SHA-256 than when it was installed`])
  expect((await resolvePrograms([request], { env })).get('clock')?.from).toBe('release')
  expect(fetched()).toBe(2)
})

test('a folder that an earlier version installed is used as it is', async () => {
  const { origin, fetched } = await serveRelease(await packRelease())
  const env = await emptyCache()
  const path = (await resolvePrograms([clockRequest(origin)], { env })).get('clock')?.commands.clock ?? ''
  const manifest = join(path, '..', 'manifest.json')
  const { files, ...rest } = JSON.parse(await readFile(manifest, 'utf8')) as { files: { clock: { size: number; sha256: string } } }
  for (const clock of [{ size: files.clock.size }, { size: files.clock.size, sha256: files.clock.sha256 }]) {
    await writeFile(manifest, JSON.stringify({ ...rest, files: { clock } }))
    expect((await resolvePrograms([clockRequest(origin)], { env })).get('clock')?.from).toBe('cache')
    expect(await discardDamaged([clockRequest(origin)], env)).toEqual([])
  }
  await overwrite(path)
  expect(await discardDamaged([clockRequest(origin)], env)).toHaveLength(1)
  expect(fetched()).toBe(1)
})

test.each([
  [
    'has another checksum',
    async () => ({ ...(await packRelease()), checksums: `${'a'.repeat(64)}  clock_1.2.3.tar.gz\n` }),
    /its SHA-256 is [0-9a-f]{64}, and the published one is a{64}\. It was not unpacked/,
  ],
  ['has no checksum', async () => ({ ...(await packRelease()), checksums: '' }), /has no checksum for clock_1\.2\.3\.tar\.gz/],
  ['has not the program in it', () => packRelease({ commands: ['watch'] }), /the archive has no clock/],
  ['is of another version', () => packRelease({ says: 'clock version 1.2.30' }), /clock says "clock version 1\.2\.30" and not 1\.2\.3/],
])('an archive that %s is not installed', async (_what, pack, reason) => {
  const { origin } = await serveRelease(await pack())
  const env = await emptyCache()
  await expect(resolvePrograms([clockRequest(origin)], { env })).rejects.toMatchObject({ code: 'SUN_PROGRAM_MISSING', message: expect.stringMatching(reason) })
  expect(await leftovers(env)).toEqual([])
})

test.each([
  [
    'ends early',
    (half: Buffer, response: ServerResponse) => response.setHeader('content-length', 2 * half.length).write(half, () => response.destroy()),
    /clock_1\.2\.3\.tar\.gz: .*(terminated|closed|UND_ERR_SOCKET)/,
  ],
  ['stands still', (half: Buffer, response: ServerResponse) => response.write(half), /clock_1\.2\.3\.tar\.gz: nothing more came for 1500 ms/],
  ['does not begin', () => undefined, /clock_1\.2\.3\.tar\.gz: no answer for 2500 ms/],
  ['is refused', (_half: Buffer, response: ServerResponse) => response.writeHead(404).end(), /clock_1\.2\.3\.tar\.gz: HTTP 404 Not Found/],
])('a download that %s is given up, and leaves nothing', async (_how, answer, reason) => {
  const { archive, checksums } = await packRelease()
  const origin = await serveHttp((request, response) => {
    if (request.url === '/checksums.txt') return response.end(checksums)
    answer(archive.subarray(0, archive.length / 2), response)
  })
  const env = await emptyCache()
  const limits = { connectTimeoutMs: 2500, stallTimeoutMs: 1500 }
  await expect(resolvePrograms([clockRequest(origin)], { env, ...limits })).rejects.toMatchObject({ message: expect.stringMatching(reason) })
  expect(await leftovers(env)).toEqual([])
})

test('a fetch that is stopped leaves nothing, and the next one works', async () => {
  const { archive, checksums } = await packRelease()
  const stop = new AbortController()
  const stuck = await serveHttp((request, response) => {
    if (request.url === '/checksums.txt') return response.end(checksums)
    response.write(archive.subarray(0, 1000), () => stop.abort(new Error('stopped by Ctrl-C')))
  })
  const env = await emptyCache()
  await expect(resolvePrograms([clockRequest(stuck)], { env, signal: stop.signal })).rejects.toThrow('stopped by Ctrl-C')
  expect(await leftovers(env)).toEqual([])
  const { origin } = await serveRelease({ archive, checksums })
  expect((await resolvePrograms([clockRequest(origin)], { env })).get('clock')?.from).toBe('release')
})

test('what a killed process left is cleared away', async () => {
  const { origin } = await serveRelease(await packRelease())
  const env = await emptyCache()
  const folder = programFolder(clockRequest(origin), env)
  await mkdir(join(`${folder}.staging`, 'bin'), { recursive: true })
  await writeFile(join(`${folder}.staging`, 'bin', 'clock'), 'half')
  await writeFile(`${folder}.lock`, JSON.stringify({ pid: process.pid, started: 'long ago', since: '', token: 'x' }))
  expect((await resolvePrograms([clockRequest(origin)], { env })).get('clock')?.from).toBe('release')
  expect(await leftovers(env)).toEqual([installedName])
})

test('an archive with a SHA-512 is checked against that', async () => {
  const good = await packRelease({ algorithm: 'sha512' })
  const { origin } = await serveRelease(good)
  expect((await resolvePrograms([clockRequest(origin)], { env: await emptyCache() })).get('clock')?.from).toBe('release')
  const bad = await serveRelease({ ...good, checksums: `${'a'.repeat(128)}  clock_1.2.3.tar.gz\n` })
  await expect(resolvePrograms([clockRequest(bad.origin)], { env: await emptyCache() })).rejects.toThrow(/its SHA-512 is [0-9a-f]{128}, and the published/)
})

test('a program that runs from a folder of its own is kept whole', async () => {
  const { origin } = await serveRelease(await packRelease({ commands: ['bin/clock', 'library'] }))
  const env = await emptyCache()
  const request = clockRequest(origin, { binFolder: 'bin' })
  const path = (await resolvePrograms([request], { env })).get('clock')?.commands['clock'] ?? ''
  expect(path).toBe(join(programFolder(request, env), 'bin', 'clock'))
  expect((await promisify(execFile)(path)).stdout).toBe('clock version 1.2.3\n')
  await rm(join(programFolder(request, env), 'library'))
  expect((await resolvePrograms([request], { env })).get('clock')?.from).toBe('release')
})

test('words of the publisher for this machine are put into the address, and systems without an archive are told', async () => {
  const { origin, fetched } = await serveRelease(await packRelease())
  const { os, arch } = hostPlatform()
  const release = { archiveUrl: `${origin}/{arch}/clock_1.2.3.tar.gz`, checksumsUrl: `${origin}/checksums.txt`, architectures: { [arch]: 'sundial' } }
  const told: ProgramProgress[] = []
  await resolvePrograms([clockRequest(origin, { release })], { env: await emptyCache(), onProgress: (progress) => told.push(progress) })
  expect(told).toContainEqual(expect.objectContaining({ message: `fetching ${origin}/sundial/clock_1.2.3.tar.gz` }))
  const elsewhere = clockRequest(origin, { release: { ...release, systems: ['plan9'] } })
  await expect(resolvePrograms([elsewhere], { env: await emptyCache() })).rejects.toThrow(`release archive: there is none for ${os}`)
  expect(fetched()).toBe(1)
})

test('a command that was not asked for before is added, and those that are there stay as they are', async () => {
  const { origin, fetched } = await serveRelease(await packRelease({ commands: ['clock', 'bell'] }))
  const env = await emptyCache()
  const before = (await resolvePrograms([clockRequest(origin)], { env })).get('clock')?.commands['clock'] ?? ''
  const { ino } = await stat(before)
  const more = clockRequest(origin, { commands: ['clock', 'bell'] })
  expect(Object.keys((await resolvePrograms([more], { env })).get('clock')?.commands ?? {})).toEqual(['clock', 'bell'])
  expect((await stat(before)).ino).toBe(ino)
  expect((await resolvePrograms([more], { env })).get('clock')?.from).toBe('cache')
  expect((await resolvePrograms([clockRequest(origin)], { env })).get('clock')?.from).toBe('cache')
  expect(fetched()).toBe(2)
  expect(await leftovers(env)).toEqual([installedName])
})

test('a command may have a version of its own', async () => {
  const { origin } = await serveRelease(await packRelease({ says: 'clock version 0.0.1' }))
  const request = clockRequest(origin, { commandVersions: { clock: '0.0.1' } })
  expect((await resolvePrograms([request], { env: await emptyCache() })).get('clock')?.from).toBe('release')
  const wrong = clockRequest(origin, { commandVersions: { clock: '0.0.2' } })
  await expect(resolvePrograms([wrong], { env: await emptyCache() })).rejects.toThrow('clock says "clock version 0.0.1" and not 0.0.2')
})

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import type { ProgramRequest } from './program.ts'

export interface Release {
  readonly archive: Buffer
  readonly checksums: string
}

/** A release archive with programs that only say their version. They are padded so that it comes in several pieces. */
export async function packRelease({ commands = ['clock'], says = 'clock version 1.2.3', algorithm = 'sha256' } = {}): Promise<Release> {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'clock-1.2.3', 'bin'), { recursive: true })
  const padding = Array.from({ length: 4000 }, (_, n) => `# ${createHash('sha256').update(String(n)).digest('hex')}`).join('\n')
  for (const command of commands) await writeFile(join(folder, 'clock-1.2.3', command), `#!/bin/sh\necho "${says}"\nexit 0\n${padding}\n`, { mode: 0o755 })
  const path = join(folder, 'archive.tar.gz')
  await promisify(execFile)('tar', ['-czf', path, '-C', folder, 'clock-1.2.3'])
  const archive = await readFile(path)
  const sum = createHash(algorithm).update(archive).digest('hex')
  return { archive, checksums: `${'0'.repeat(64)}  other.tar.gz\n${sum}  clock_1.2.3.tar.gz\n` }
}

/** A server on this machine, ended with the test. */
export async function serveHttp(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Serves a release as its publisher does, and counts how often the archive is asked for. */
export async function serveRelease(release: Release): Promise<{ origin: string; fetched(): number }> {
  let fetched = 0
  const origin = await serveHttp((request, response) => {
    if (request.url === '/checksums.txt') return response.end(release.checksums)
    fetched++
    response.setHeader('content-length', release.archive.length)
    response.end(release.archive)
  })
  return { origin, fetched: () => fetched }
}

export function clockRequest(origin: string, more: Partial<ProgramRequest> = {}): ProgramRequest {
  return {
    name: 'clock',
    version: '1.2.3',
    commands: ['clock'],
    release: { archiveUrl: `${origin}/clock_1.2.3.tar.gz`, checksumsUrl: `${origin}/checksums.txt` },
    ...more,
  }
}

/** An environment with a cache of its own and nothing in it. */
export async function emptyCache(): Promise<NodeJS.ProcessEnv> {
  return { PATH: process.env.PATH, HOME: process.env.HOME, SUNDIAL_CACHE: await temporaryFolder() }
}
